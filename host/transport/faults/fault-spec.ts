/** Ways that packets go between host and device. Packets of each are counted on their own, from 0. */
export const FAULT_PIPES = ["in", "out", "set", "get"] as const;

/**
 * - `in`: input reports, data of the device;
 * - `out`: output reports, credit of the host;
 * - `set`: feature reports to the device, a register request each;
 * - `get`: feature reports from the device, the reply to a request each.
 */
export type FaultPipe = (typeof FAULT_PIPES)[number];

export const FAULT_KINDS = [
  "drop",
  "duplicate",
  "reorder",
  "corrupt",
  "truncate",
  "delay",
  "stall",
  "fail",
  "stale",
  "unplug",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** Packets that a fault hits: a run of them, or each with a probability. */
export type FaultPlace = { readonly first: number; readonly count: number } | { readonly rate: number };

export interface FaultRule {
  /** As it stands in the specification. */
  readonly text: string;
  readonly pipe: FaultPipe;
  readonly kind: FaultKind;
  readonly place: FaultPlace;
  /**
   * delay and stall: ms; truncate: bytes that are left; corrupt: the byte that gets one bit flipped. Undefined: a stall
   * without end, and a place in the packet by chance.
   */
  readonly value: number | undefined;
}

/** Faults of a link. A packet gets at most one: of the first rule that hits it. */
export interface FaultSpec {
  /** Of everything that is left to chance. */
  readonly seed: number;
  readonly rules: readonly FaultRule[];
}

/** A specification that cannot be read: what was found, what was expected. */
export class FaultSpecError extends Error {
  override readonly name = "FaultSpecError";
}
