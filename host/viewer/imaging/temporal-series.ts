import type { ImageModel } from "../state/frame-model.ts";

/** Frames that are kept. */
const LENGTH = 256;

export interface SeriesSummary {
  readonly frames: number;
  readonly meanDn: number;
  /** Sample standard deviation over the frames; NaN below two. */
  readonly sigmaDn: number;
  /** rms of what the device states. */
  readonly statedSigmaDn: number;
}

/** The intensity of one pixel over the last frames. */
export class TemporalSeries {
  private pixel: number | undefined;
  private shape = "";
  private valuesDn: number[] = [];
  private statedDn: number[] = [];
  private lastFrame: number | undefined;

  /** Another pixel, exposure or region begins anew; a frame that was seen does not count twice. */
  add(model: ImageModel, pixel: number): void {
    const { frame } = model;
    const shape = [
      frame.width,
      frame.height,
      frame.offsetX,
      frame.offsetY,
      frame.exposureNs,
      frame.gainEPerDn,
    ].join();
    if (pixel !== this.pixel || shape !== this.shape) this.clear();
    this.pixel = pixel;
    this.shape = shape;
    if (frame.frameNumber === this.lastFrame || model.valid[pixel] !== 1) return;
    this.lastFrame = frame.frameNumber;
    this.valuesDn.push(frame.intensityDn[pixel] ?? Number.NaN);
    this.statedDn.push(frame.sigmaDn[pixel] ?? Number.NaN);
    if (this.valuesDn.length > LENGTH) {
      this.valuesDn.shift();
      this.statedDn.shift();
    }
  }

  clear(): void {
    this.pixel = undefined;
    this.valuesDn = [];
    this.statedDn = [];
    this.lastFrame = undefined;
  }

  get values(): readonly number[] {
    return this.valuesDn;
  }

  summary(): SeriesSummary {
    const frames = this.valuesDn.length;
    const meanDn = sum(this.valuesDn) / frames;
    const squares = sum(this.valuesDn.map((value) => (value - meanDn) ** 2));
    return {
      frames,
      meanDn,
      sigmaDn: frames > 1 ? Math.sqrt(squares / (frames - 1)) : Number.NaN,
      statedSigmaDn: Math.sqrt(sum(this.statedDn.map((value) => value ** 2)) / frames),
    };
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
