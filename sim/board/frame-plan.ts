import type { LineMaps } from "./line-dma.ts";

/** Place of a frame slot in the board's time. */
export interface FrameSlot {
  /** Number of the exposure since power-on: key of its noise. */
  readonly frame: number;
  readonly startCycle: bigint;
}

/** One frame as the settings at its start make it: all that the board, which knows no mode, has to know of it. */
export interface FramePlan {
  /** From slot to slot. */
  readonly frameCycles: number;
  /** From the slot's start to the frame's, and to the end of the frame's last transfer. */
  readonly startCycles: number;
  readonly endCycles: number;
  readonly temperatureMk: number;
  /** Samples of a line in one plane. */
  readonly widthPx: number;
  readonly lines: number;
  /** Planes of a frame: gates or reads. */
  readonly planes: number;
  /** The parameter block for the readout logic. */
  readonly parameters: Uint8Array;
  /** Reports of the largest frame that the readout logic may send. */
  readonly maxReports: number;
  /** The sensor remembers what it was exposed to: a frame that is dropped is exposed all the same. */
  readonly exposesDropped: boolean;
  /** Calibration maps of the frame's pixels at its exposure. */
  maps(): LineMaps;
  /** @returns codes, u16 [plane][line][column], valid until the frame after the next one is exposed. */
  expose(slot: FrameSlot): Promise<Uint16Array>;
  /** Start on a frame before its turn, where other threads can do that. Never shows in a result. */
  prepare(slot: FrameSlot): void;
}
