import { ELEMENTARY_CHARGE_C } from "../../hw-profiles/derive/constants.ts";
import type { ExposureSettings } from "../pixel/exposure-maps.ts";
import type { ExposeOptions } from "../pixel/pixel-kernels.ts";
import { pixelSample } from "../pixel/pixel-sample.ts";
import type { Band } from "../pool/band.ts";
import type { ExposureSetup } from "../pool/exposure-job.ts";
import type { TracedPixel } from "./pixel-signals.ts";

export interface PixelLevels {
  readonly nodeV: number;
  readonly adcInDn: number;
}

/** Levels of pixels in the gate plane at hand, with the noise that the frame's codes have. */
export class PixelSampler {
  private readonly setup: ExposureSetup;
  private readonly settings: ExposureSettings;
  private readonly startNs: (frame: number) => number;
  private readonly band: Band;
  frame = -1;
  gate = 0;
  private options: ExposeOptions | undefined;

  /**
   * @param startNs virtual time of a frame's start.
   * @param band all rows of the array.
   */
  constructor(
    setup: ExposureSetup,
    settings: ExposureSettings,
    startNs: (frame: number) => number,
    band: Band,
  ) {
    this.setup = setup;
    this.settings = settings;
    this.startNs = startNs;
    this.band = band;
  }

  plane(frame: number, gate: number): void {
    this.gate = gate;
    if (frame !== this.frame) this.options = undefined;
    this.frame = frame;
  }

  levels({ row, column }: TracedPixel): PixelLevels {
    const { array, pixel } = this.setup.profile;
    const index = row * array.widthPx + column;
    this.options ??= this.illuminate();
    const { chargeE, levelDn } = pixelSample(this.band.kernels, index, this.gate, this.options);
    const capacitanceF = pixel.nodeCapacitanceFf * 1e-15;
    return { nodeV: pixel.swingV - (chargeE * ELEMENTARY_CHARGE_C) / capacitanceF, adcInDn: levelDn };
  }

  /** The scene stands still within a frame. */
  private illuminate(): ExposeOptions {
    const job = { frame: this.frame, startNs: this.startNs(this.frame), settings: this.settings };
    this.band.illuminate(job);
    return this.band.exposeOptions(job);
  }
}
