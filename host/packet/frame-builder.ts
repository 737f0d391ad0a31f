import {
  COMPONENT_RAW,
  KIND_LINES,
  KIND_RAW,
  PIXEL_FORMAT_LOSSLESS,
} from "../../hw-profiles/interface/reports.ts";
import type { DataReport } from "./data-report.ts";
import { IntervalSet } from "./interval-set.ts";
import type { Leader } from "./leader.ts";
import { PacketError } from "./packet-error.ts";
import type { Probe } from "./probe.ts";
import type { Trailer } from "./trailer.ts";

interface Stream {
  readonly bytes: Uint8Array;
  readonly arrived: IntervalSet;
}

function stream(length: number, spare?: Uint8Array): Stream {
  const bytes = spare?.length === length ? spare : new Uint8Array(length);
  return { bytes, arrived: new IntervalSet() };
}

/** Reports of one frame while it is put together. Memory: what the layout says, allocated when first needed. */
export class FrameBuilder {
  readonly frameNumber: number;
  /** The leader; until it arrives, that of the frame before, if any. */
  layout: Leader | undefined;
  leaderIsMissing = true;
  trailer: Trailer | undefined;
  probe: Probe | undefined;
  /** Good reports, duplicates not counted. */
  reports = 0;
  /** Sequence numbers skipped while this frame arrived, and not seen since. */
  skipped = 0;
  corrupted = 0;
  duplicated = 0;
  reordered = 0;
  readonly #spareLines: Uint8Array | undefined;
  #lines: Stream | undefined;
  #raw: Stream | undefined;

  /** @param spareLines a buffer for the lines that nobody needs any more; taken if it has the right size. */
  constructor(frameNumber: number, previousLeader: Leader | undefined, spareLines?: Uint8Array) {
    this.frameNumber = frameNumber;
    this.layout = previousLeader;
    this.#spareLines = spareLines;
  }

  /** Everything the trailer promised is here. */
  get complete(): boolean {
    return (
      this.trailer !== undefined &&
      this.layout !== undefined &&
      !this.leaderIsMissing &&
      this.reports === this.trailer.reports &&
      (this.#lines?.arrived.covered ?? 0) === this.layout.linesBytes &&
      (this.#raw?.arrived.covered ?? 0) === this.rawLength
    );
  }

  /** Reports that were sent and did not arrive in any form. */
  get lost(): number {
    const { trailer } = this;
    const gone = trailer ? trailer.reports - this.reports : Math.max(this.skipped, 1);
    return Math.max(0, gone - this.corrupted);
  }

  get lines(): Stream {
    this.#lines ??= stream(this.layout?.linesBytes ?? 0, this.#spareLines);
    return this.#lines;
  }

  get raw(): Stream | undefined {
    if (!this.layout || (this.layout.components & COMPONENT_RAW) === 0) return undefined;
    this.#raw ??= stream(this.layout.rawBytes);
    return this.#raw;
  }

  /** Length of the raw stream: known from the trailer where lines have lengths of their own; else as far as it came. */
  get rawLength(): number {
    const { layout, trailer } = this;
    if (layout?.rawFormat !== PIXEL_FORMAT_LOSSLESS) return layout?.rawBytes ?? 0;
    return trailer?.rawBytes ?? this.#raw?.arrived.end ?? 0;
  }

  /** @throws PacketError when it belongs to another frame, comes twice or contradicts the bytes that are here. */
  setLeader(leader: Leader): void {
    this.#requireOwn("leader", leader.frameNumber, !this.leaderIsMissing);
    const room = this.#lines?.bytes.length ?? leader.linesBytes;
    const rawRoom = this.#raw?.bytes.length ?? leader.rawBytes;
    if (leader.linesBytes !== room)
      throw new PacketError("inconsistent", "line bytes", leader.linesBytes, room);
    if (leader.rawBytes !== rawRoom)
      throw new PacketError("inconsistent", "raw bytes", leader.rawBytes, rawRoom);
    this.layout = leader;
    this.leaderIsMissing = false;
  }

  /** @throws PacketError when it belongs to another frame or comes twice. */
  setTrailer(trailer: Trailer): void {
    this.#requireOwn("trailer", trailer.frameNumber, this.trailer !== undefined);
    this.trailer = trailer;
  }

  /** Zeros where no bytes of the lines arrived: the buffer may hold those of a frame before. */
  clearMissingLines(): void {
    const { arrived, bytes } = this.lines;
    for (const [start, end] of arrived.gaps(bytes.length)) bytes.fill(0, start, end);
  }

  #requireOwn(what: string, frameNumber: number, isHere: boolean): void {
    if (frameNumber !== this.frameNumber)
      throw new PacketError("inconsistent", `frame number of a ${what}`, frameNumber, this.frameNumber);
    if (isHere)
      throw new PacketError("inconsistent", `${what} of frame ${frameNumber}`, "a second one", "one");
  }

  /**
   * Copy the payload of a KIND_LINES or KIND_RAW report to its place; the layout must be known.
   * @throws PacketError when it lies outside of the stream or on bytes that are there already.
   */
  addBytes({ kind, offset, payload }: DataReport): void {
    const target = kind === KIND_LINES ? this.lines : kind === KIND_RAW ? this.raw : undefined;
    if (!target)
      throw new PacketError("kind", "report of a frame", `kind ${kind}`, "a component that is enabled");
    const end = offset + payload.length;
    if (end > target.bytes.length)
      throw new PacketError("inconsistent", "end of a payload", end, `at most ${target.bytes.length}`);
    if (!target.arrived.add(offset, end))
      throw new PacketError("inconsistent", "offset of a payload", offset, "bytes that have not arrived yet");
    target.bytes.set(payload, offset);
  }
}
