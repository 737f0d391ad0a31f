import type { Transport } from "../../host/transport/transport.ts";

export type FaultKind = "drop" | "duplicate" | "reorder" | "corrupt" | "truncate";

export interface Fault {
  readonly kind: FaultKind;
  /** The input report that it hits, counted from 0. */
  readonly at: number;
  /** Reports that it hits; default 1. */
  readonly count?: number;
}

/** Bytes that a truncated report keeps. */
const TRUNCATED_BYTES = 100;
/** Bit that a corrupted report has flipped: in the payload or, when it is short, in the header. */
const FLIPPED_BYTE = 300;

/** A cable that does to chosen input reports what cables do. Everything else passes. */
export class FaultyTransport implements Transport {
  readonly name: string;
  readonly #inner: Transport;
  readonly #faults: readonly Fault[];
  #reports = 0;
  #held: Uint8Array | undefined;

  constructor(inner: Transport, faults: readonly Fault[]) {
    this.name = inner.name;
    this.#inner = inner;
    this.#faults = faults;
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#inner.onReport((report) => {
      for (const arriving of this.#pass(report)) listener(arriving);
    });
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#inner.onClosed(listener);
  }

  sendReport(report: Uint8Array): Promise<void> {
    return this.#inner.sendReport(report);
  }

  sendFeatureReport(report: Uint8Array): Promise<void> {
    return this.#inner.sendFeatureReport(report);
  }

  getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    return this.#inner.getFeatureReport(reportId, length);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  #pass(report: Uint8Array): Uint8Array[] {
    const index = this.#reports++;
    const fault = this.#faults.find(({ at, count = 1 }) => index >= at && index < at + count);
    if (fault?.kind === "reorder") {
      this.#held = report.slice();
      return [];
    }
    const held = this.#held;
    this.#held = undefined;
    const arriving = fault ? applyFault(report, fault.kind) : [report];
    return held ? [...arriving, held] : arriving;
  }
}

function applyFault(report: Uint8Array, kind: Exclude<FaultKind, "reorder">): Uint8Array[] {
  if (kind === "drop") return [];
  if (kind === "duplicate") return [report, report.slice()];
  if (kind === "truncate") return [report.slice(0, TRUNCATED_BYTES)];
  const damaged = report.slice();
  damaged[FLIPPED_BYTE]! ^= 0x04;
  return [damaged];
}
