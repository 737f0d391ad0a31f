import type { EffectsProfile } from "../../hw-profiles/sensor-profile.ts";
import type { ImagingJob, ImagingSetup } from "../pool/imaging-job.ts";
import type { ImagingSequencerRegisters } from "../roic/sequencer/imaging-registers.ts";
import { ImagingBand } from "./imaging-band.ts";
import { readSchedule } from "./read-schedule.ts";

/**
 * Ground truth of one picture, per output pixel, the mean over its bin. Charges are those that the bias of the reset node
 * would bring all the time, in proportion to the light. The same shape as the host's ImagingTruth.
 */
export interface ImagingTruthPlanes {
  readonly frameNumber: number;
  readonly width: number;
  readonly height: number;
  readonly photonsPerS: Float32Array;
  readonly meanChargeE: Float32Array;
  readonly darkE: Float32Array;
}

/** Computes the truth of a frame from its job: the exposure's collection once more, without noise, lag and bend. */
export class ImagingTruthMaker {
  private readonly setup: ImagingSetup;
  private readonly band: ImagingBand;

  private constructor(setup: ImagingSetup, band: ImagingBand) {
    this.setup = setup;
    this.band = band;
  }

  static async open(setup: ImagingSetup): Promise<ImagingTruthMaker> {
    const { profile, scene, seed } = setup;
    const quiet = { profile: { ...profile, effects: idealEffects(profile.effects) }, scene, seed };
    const band = await ImagingBand.open(quiet, { firstRow: 0, rows: profile.array.heightPx });
    return new ImagingTruthMaker(quiet, band);
  }

  truth(job: ImagingJob): ImagingTruthPlanes {
    const { registers } = job;
    const { widthPx } = this.setup.profile.array;
    const darkE = binned(this.chargeE({ ...job, lightFactor: 0 }), registers);
    const meanChargeE = binned(this.chargeE(job), registers);
    // The rows above and below the array repeat its edge rows.
    const light = this.band.collector.photonsPerS;
    const photonsPerS = binned(light.subarray(widthPx, light.length - widthPx), registers);
    const { height, width } = registers;
    return { frameNumber: job.frame, width, height, photonsPerS, meanChargeE, darkE };
  }

  /** Mean charge at the last read, f32 [sensor row][column], valid until the next call. */
  private chargeE(job: ImagingJob): Float32Array {
    const { profile, seed } = this.setup;
    const { heightPx, widthPx } = profile.array;
    this.band.illuminate(job);
    const schedule = readSchedule(profile, job.registers, this.band.collector.band, 0);
    this.band.collector.collect(schedule, { seed, frame: job.frame });
    const last = (schedule.reads - 1) * widthPx * heightPx;
    return this.band.collector.charge.subarray(last, last + widthPx * heightPx);
  }
}

/** No noise, no lag, and the response of the reset node at any charge: the readout logic undoes its bend. */
function idealEffects(effects: EffectsProfile): EffectsProfile {
  return {
    ...effects,
    biasDependence: { on: false },
    softSaturation: { ...effects.softSaturation, on: false },
    shotNoise: { on: false },
    flicker: { ...effects.flicker, on: false },
    lag: { ...effects.lag, on: false },
    resetNoise: { on: false },
  };
}

/** Means over the bins of the window's output pixels. */
function binned(sensor: Float32Array, registers: ImagingSequencerRegisters): Float32Array {
  const { columnBinning, columnDecimation, height, rowBinning, rowDecimation, sensorColumns, width } =
    registers;
  const output = new Float32Array(width * height);
  for (let at = 0; at < output.length; at++) {
    const row = (registers.offsetY + Math.floor(at / width)) * rowBinning * rowDecimation;
    const column = (registers.offsetX + (at % width)) * columnBinning * columnDecimation;
    let sum = 0;
    for (let y = row; y < row + rowBinning; y++) {
      for (let x = column; x < column + columnBinning; x++) sum += sensor[y * sensorColumns + x]!;
    }
    output[at] = sum / (rowBinning * columnBinning);
  }
  return output;
}
