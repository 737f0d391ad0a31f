// What the world outside the board knows, and what it may therefore expect after any cut.

export type FailureKind = "brick" | "unsigned" | "downgrade" | "other";

export interface Failure {
  readonly kind: FailureKind;
  readonly text: string;
}

/** No image. */
export const NONE = -1;

/** Images are numbers of the campaign's list. */
export interface Oracle {
  /** The security counter of an image whose confirm() returned success. */
  readonly floor: number;
  /** The image that is confirmed for all that is known; NONE. */
  readonly current: number;
  /** Confirming it was begun: it may be the current one. */
  readonly maybe: number;
  /** It ran on trial since it was installed or chosen: it must not again. */
  readonly tried: number;
  /** Sectors that the board has acknowledged, of which image. */
  readonly acknowledged: number;
  readonly installing: number;
  /** The image that was last seen whole in the slot being written. */
  readonly whole: number;
  /** The host knows that its image is installed; after a cut it looks anew. */
  readonly installed: boolean;
  /** The slot that was to be erased was seen empty. */
  readonly cleared: boolean;
}

export const FRESH: Oracle = {
  floor: 0,
  current: NONE,
  maybe: NONE,
  tried: NONE,
  acknowledged: 0,
  installing: NONE,
  whole: NONE,
  installed: false,
  cleared: false,
};

/** After a cut the host begins its work anew. */
export function forgetful(oracle: Oracle): Oracle {
  return oracle.installed ? { ...oracle, installed: false } : oracle;
}

export function oracleKey(oracle: Oracle): string {
  const { floor, current, maybe, tried, acknowledged, installing, whole, installed, cleared } = oracle;
  return `${floor}/${current}/${maybe}/${tried}/${acknowledged}/${installing}/${whole}/${installed}/${cleared}`;
}
