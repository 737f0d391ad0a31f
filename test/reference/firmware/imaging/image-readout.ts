import * as Blocks from "../../../../hw-profiles/interface/memory-map.ts";
import { PIXEL_BAD } from "../../../../hw-profiles/interface/pixel-flags.ts";
import * as Reports from "../../../../hw-profiles/interface/reports.ts";
import { darkFactor } from "../correct.ts";
import type { ReferenceFrame, ReferenceRow } from "../frame.ts";
import { pack16 } from "../pack.ts";
import { decodeParameters, type ReferenceParameters } from "../parameters.ts";
import { leader, probe, sendRawLines, trailer } from "../payloads.ts";
import { ReferenceSender } from "../reports.ts";
import { type DarkScales, darkScales, type ImagingConstants, imagingConstants } from "./constants.ts";
import { directValue, type PixelValue } from "./direct.ts";
import { rampValue } from "./ramp.ts";
import { type ImageCodes, replacement } from "./replace.ts";

const fround = Math.fround;

function clipped(value: number): number {
  return Math.trunc(Math.max(0, Math.min(65535, value)));
}

/** Imaging mode in plain TypeScript: slow, and equal to the module to the last byte. */
export class ReferenceImaging {
  readonly parameters: ReferenceParameters;
  readonly constants: ImagingConstants;
  readonly #sender: ReferenceSender;

  /** `sender` carries the sequence number over from an earlier configuration. */
  constructor(block: Uint8Array, sender = new ReferenceSender()) {
    this.parameters = decodeParameters(block);
    this.constants = imagingConstants(this.parameters);
    this.#sender = sender;
  }

  /** Signal, variance and flags of one pixel of a row. */
  value(row: ReferenceRow, x: number, scales: DarkScales): PixelValue {
    const { width, gates, readMode } = this.parameters;
    const reads = Array.from({ length: gates }, (_, i) => row.samples[i * width + x]!);
    if (readMode === Blocks.READ_RAMP) {
      return rampValue(this.parameters, this.constants, reads, row.dark[x]!, scales);
    }
    return directValue(this.parameters, this.constants, reads, row.offset[x]!, row.dark[x]!, scales);
  }

  /** Codes of a row before bad pixels are replaced. */
  line(row: ReferenceRow, scales: DarkScales): ImageCodes[] {
    const { intensityPerDn, intensityBias, sigmaPerDn } = this.constants;
    return Array.from({ length: this.parameters.width }, (_, x) => {
      const { signal, variance, flags } = this.value(row, x, scales);
      return {
        intensity: clipped(fround(fround(signal * intensityPerDn) + intensityBias)),
        sigma: clipped(fround(fround(fround(Math.sqrt(variance)) * sigmaPerDn) + 0.5)),
        flags: flags | (row.bad[x] === 0 ? 0 : PIXEL_BAD),
      };
    });
  }

  /** The finished picture of a frame. */
  image(frame: ReferenceFrame): ImageCodes[][] {
    const p = this.parameters;
    const scales = darkScales(p, this.constants, darkFactor(p, frame.temperatureMk));
    const measured = frame.rows.map((row) => this.line(row, scales));
    if ((p.corrections & Blocks.CORRECT_BAD_PIXELS) === 0) return measured;
    return measured.map((line, y) =>
      line.map((codes, x) =>
        codes.flags & PIXEL_BAD ? replacement(p, this.constants, measured, y, x) : codes,
      ),
    );
  }

  /** All reports of a frame: the line of a row goes out with the samples of the row after it. */
  frame(frame: ReferenceFrame): readonly Uint8Array[] {
    const p = this.parameters;
    const image = this.image(frame);
    this.#sender.startFrame(frame.frame);
    this.#sender.send(Reports.KIND_LEADER, leader(p, frame));
    frame.rows.forEach((row, y) => {
      if (y > 0) this.#sendLine(image[y - 1]!);
      sendRawLines(this.#sender, p, row.samples, y);
      if (y === p.probeY && p.probeX < p.width) {
        this.#sender.send(Reports.KIND_PROBE, probe(p, row, darkFactor(p, frame.temperatureMk)));
      }
    });
    this.#sendLine(image.at(-1)!);
    this.#sender.flush(Reports.KIND_LINES);
    this.#sender.flush(Reports.KIND_RAW);
    const flags = image.flat().map((codes) => codes.flags);
    this.#sender.send(Reports.KIND_TRAILER, trailer(frame, flags, this.#sender));
    return this.#sender.reports;
  }

  #sendLine(codes: readonly ImageCodes[]): void {
    const component = (bit: number, bytes: Uint8Array): void => {
      if (this.parameters.components & bit) this.#sender.append(Reports.KIND_LINES, bytes);
    };
    component(Reports.COMPONENT_SIGMA, pack16(codes.map((code) => code.sigma)));
    component(Reports.COMPONENT_INTENSITY, pack16(codes.map((code) => code.intensity)));
    component(
      Reports.COMPONENT_FLAGS,
      Uint8Array.from(codes, (code) => code.flags),
    );
  }
}
