import { type FileHandle, open, rename, unlink } from "node:fs/promises";
import type { Trace, TraceEdge, TraceSignal } from "../transport/transport.ts";
import { type TimeBase, timeBase } from "./time-base.ts";
import { changeText, headerText, identifier } from "./vcd-text.ts";

/** Text that is gathered before it is written, characters. */
const CHUNK_LENGTH = 1 << 18;

export interface VcdProgress {
  /** Cycle that the trace has reached. */
  readonly cycle: number;
  readonly bytes: number;
}

export interface VcdOptions {
  readonly comments: readonly string[];
  /** Called after every piece that is written. */
  readonly onProgress: (progress: VcdProgress) => void;
  /** Asked after every piece: true ends the file at the last whole instant. */
  readonly isCancelled: () => boolean;
}

export interface VcdResult {
  readonly bytes: number;
  readonly edges: number;
  /** Up to which cycle the file tells all edges. */
  readonly endCycle: number;
  readonly timescale: string;
  readonly isExact: boolean;
}

/**
 * Write the trace's window as a VCD file. The file has a temporary name until it is whole; cancelled, it ends early but
 * is whole.
 * @throws errors of node:fs; then no file is left.
 */
export async function writeVcd(
  path: string,
  trace: Trace,
  signals: readonly TraceSignal[],
  options: VcdOptions,
): Promise<VcdResult> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, "w");
    try {
      const result = await new VcdWriter(file, trace, signals, options).write();
      await file.close();
      await rename(temporary, path);
      return result;
    } finally {
      await file.close();
    }
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

class VcdWriter {
  readonly #file: FileHandle;
  readonly #trace: Trace;
  readonly #signals: readonly TraceSignal[];
  readonly #ids: readonly string[];
  readonly #options: VcdOptions;
  readonly #base: TimeBase;
  readonly #values: Float64Array;
  #text = "";
  #bytes = 0;
  #edges = 0;
  /** Instant of the last time that was written. */
  #cycle = -1;
  #phase = 0;

  constructor(file: FileHandle, trace: Trace, signals: readonly TraceSignal[], options: VcdOptions) {
    this.#file = file;
    this.#trace = trace;
    this.#signals = signals;
    this.#ids = signals.map((_, place) => identifier(place));
    this.#options = options;
    this.#base = timeBase(trace.clockHz, trace.phasesPerCycle);
    this.#values = new Float64Array(signals.length);
  }

  async write(): Promise<VcdResult> {
    const { timescale, isExact } = this.#base;
    this.#text = headerText({ timescale, comments: this.#options.comments, signals: this.#signals });
    const endCycle = await this.#body();
    this.#stamp(endCycle, 0);
    await this.#flush();
    return { bytes: this.#bytes, edges: this.#edges, endCycle, timescale, isExact };
  }

  async #body(): Promise<number> {
    const { fromCycle, toCycle } = this.#trace;
    let isDumped = false;
    for (const edge of await this.#trace.edges(this.#signals)) {
      if (edge.cycle < fromCycle || (edge.cycle === fromCycle && edge.phase === 0)) {
        this.#values[edge.signal] = edge.value;
        continue;
      }
      if (!isDumped) this.#dump();
      isDumped = true;
      // The piece ends between two cycles, so that a cancelled file tells all edges up to its end.
      if (edge.cycle > this.#cycle && this.#text.length >= CHUNK_LENGTH) {
        await this.#flush();
        this.#options.onProgress({ cycle: edge.cycle, bytes: this.#bytes });
        await new Promise((resolve) => setImmediate(resolve));
        if (this.#options.isCancelled()) return edge.cycle;
      }
      this.#change(edge);
    }
    if (!isDumped) this.#dump();
    return toCycle;
  }

  /** Values where the window starts. */
  #dump(): void {
    this.#stamp(this.#trace.fromCycle, 0);
    const values = this.#signals.map((signal, place) =>
      changeText(signal, this.#ids[place]!, this.#values[place]!),
    );
    this.#text += `$dumpvars\n${values.join("")}$end\n`;
  }

  #change({ cycle, phase, signal, value }: TraceEdge): void {
    this.#stamp(cycle, phase);
    this.#text += changeText(this.#signals[signal]!, this.#ids[signal]!, value);
    this.#edges++;
  }

  #stamp(cycle: number, phase: number): void {
    if (cycle === this.#cycle && phase === this.#phase) return;
    this.#text += `#${this.#base.time(cycle, phase)}\n`;
    this.#cycle = cycle;
    this.#phase = phase;
  }

  async #flush(): Promise<void> {
    await this.#file.writeFile(this.#text);
    this.#bytes += Buffer.byteLength(this.#text);
    this.#text = "";
  }
}
