import { ELEMENTARY_CHARGE_C } from "../light/constants.ts";
import type { ExposureSettings } from "../pixel/exposure-maps.ts";
import type { ExposeOptions } from "../pixel/pixel-kernels.ts";
import { pixelSample } from "../pixel/pixel-sample.ts";
import type { Band } from "../pool/band.ts";
import type { ExposureSetup } from "../pool/exposure-job.ts";
import { cyclesToNs } from "../roic/frame-timing.ts";
import type { TracedPixel } from "./pixel-signals.ts";

export interface PixelLevels {
  readonly nodeV: number;
  readonly adcInDn: number;
}

/** When frames start. */
export interface FrameClock {
  readonly clockHz: number;
  /** Of the first frame. */
  readonly startCycle: number;
  readonly periodCycles: number;
}

/** Levels of pixels in the gate plane at hand, with the noise that the frame's codes have. */
export class PixelSampler {
  private readonly setup: ExposureSetup;
  private readonly settings: ExposureSettings;
  private readonly clock: FrameClock;
  private readonly band: Band;
  frame = -1;
  gate = 0;
  private options: ExposeOptions | undefined;

  /** @param band all rows of the array. */
  constructor(setup: ExposureSetup, settings: ExposureSettings, clock: FrameClock, band: Band) {
    this.setup = setup;
    this.settings = settings;
    this.clock = clock;
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
    const { clockHz, periodCycles, startCycle } = this.clock;
    const startNs = cyclesToNs(startCycle + this.frame * periodCycles, clockHz);
    const job = { frame: this.frame, startNs, settings: this.settings };
    this.band.illuminate(job);
    return this.band.exposeOptions(job);
  }
}
