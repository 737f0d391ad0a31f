import { Band } from "./band.ts";
import type { ExposureJob, ExposureSetup } from "./exposure-job.ts";
import { RayClusters } from "./ray-clusters.ts";

/** Ground truth of one frame, row-major. The same shape as the host's FrameTruth. */
export interface TruthPlanes {
  readonly frameNumber: number;
  readonly width: number;
  readonly height: number;
  readonly gates: number;
  readonly rangeM: Float32Array;
  readonly secondRangeM: Float32Array;
  readonly secondFraction: Float32Array;
  readonly electrons: Float32Array;
  readonly signalE: Float32Array;
  readonly ambientE: Float32Array;
  readonly darkE: Float32Array;
}

/**
 * Computes the truth of a frame from its job: traces the scene at that time once more, on buffers of its own, with the
 * arithmetic of the exposure. Only pixels whose hits changed since the last request are split into surfaces again.
 */
export class TruthMaker {
  private readonly setup: ExposureSetup;
  private readonly withElectrons: boolean;
  private readonly band: Band;
  private readonly clusters: RayClusters;
  private readonly rangeM: Float32Array;
  private readonly secondRangeM: Float32Array;
  private readonly secondFraction: Float32Array;

  private constructor(setup: ExposureSetup, withElectrons: boolean, band: Band) {
    const { hits, pixels, raysPerPixel } = band.kernels;
    this.setup = setup;
    this.withElectrons = withElectrons;
    this.band = band;
    this.clusters = new RayClusters(hits, raysPerPixel, setup.profile.environment.extinctionPerM);
    this.rangeM = new Float32Array(pixels);
    this.secondRangeM = new Float32Array(pixels);
    this.secondFraction = new Float32Array(pixels);
  }

  /** @param withElectrons also give the mean electrons of every gate plane. */
  static async open(setup: ExposureSetup, withElectrons: boolean): Promise<TruthMaker> {
    const band = await Band.open(setup, { firstRow: 0, rows: setup.profile.array.heightPx });
    return new TruthMaker(setup, withElectrons, band);
  }

  truth(job: ExposureJob): TruthPlanes {
    const { runs } = this.band.illuminate(job);
    for (let run = 0; run < runs.length; run += 2) this.split(runs[run]!, runs[run + 1]!);
    const { array } = this.setup.profile;
    const { ambientE, gates, maps, signalE } = this.band.kernels;
    return {
      frameNumber: job.frame,
      width: array.widthPx,
      height: array.heightPx,
      gates,
      rangeM: this.rangeM.slice(),
      secondRangeM: this.secondRangeM.slice(),
      secondFraction: this.secondFraction.slice(),
      electrons: this.withElectrons ? this.electrons() : new Float32Array(0),
      signalE: signalE.slice(),
      ambientE: ambientE.slice(),
      darkE: maps.darkE.slice(),
    };
  }

  private split(firstPixel: number, count: number): void {
    for (let pixel = firstPixel; pixel < firstPixel + count; pixel++) {
      const found = this.clusters.returns(pixel);
      this.rangeM[pixel] = found.rangeM;
      this.secondRangeM[pixel] = found.secondRangeM;
      this.secondFraction[pixel] = found.secondFraction;
    }
  }

  /** Mean signal and ambient electrons, [gate][row][column]. */
  private electrons(): Float32Array {
    const { ambientE, gates, gateStride, meanE, pixels } = this.band.kernels;
    const planes = new Float32Array(gates * pixels);
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let gate = 0; gate < gates; gate++) {
        planes[gate * pixels + pixel] = meanE[pixel * gateStride + gate]! + ambientE[pixel]!;
      }
    }
    return planes;
  }
}
