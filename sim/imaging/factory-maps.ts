// What the factory measured and stored in an imaging board, for the pixels of a frame at its exposure. A stack of N frames
// is not simulated frame by frame: its mean is drawn as the Gaussian that it is, so that the maps carry the residue of a
// real calibration. Not modelled: lag of the stack's first frames, flicker that a finite stack does not average out.

import type { ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import type { FactoryMaps } from "../pixel/factory-calibration.ts";
import { Draws } from "../random/draws.ts";
import { STREAM_CALIBRATION } from "../random/streams.ts";
import { darkCycles, imagingTiming } from "../roic/imaging-timing.ts";
import type { ImagingSequencerRegisters } from "../roic/sequencer/imaging-registers.ts";
import type { ChargeModel } from "./charge-tables.ts";
import { meanChargeE } from "./dark-charge.ts";
import { chargeModel, conditionsResetNoiseE, darkRateEPerS } from "./device-rates.ts";
import { calibrationTemperatureK, darkMapScale } from "./factory-conditions.ts";
import type { FactoryDevice } from "./factory-device.ts";
import { LevelModel } from "./level-model.ts";
import { type LinearResponse, linearDn, linearResponse } from "./linear-response.ts";

/** Maps carry sixteenths of a DN. */
const STEPS_PER_DN = 16;
const MAX_STEPS = 0xffff;
const QUANTISATION_DN2 = 1 / 12;
const ZERO_EXPOSURE = 0;
const REFERENCE_EXPOSURE = 1;

/** Dark times of a line, s: to its first read (0 if the frame has only one) and to its last. */
interface DarkTimes {
  readonly firstS: number;
  readonly lastS: number;
}

/** Of the stacks' means, DN: of one read without exposure; and of what the dark stack measures, without its shot noise. */
interface StackNoise {
  readonly zeroDn: number;
  /** Of one frame, not of the stack. */
  readonly fixedDn2: number;
}

/** Makes the maps of frames of one device. */
export class FactoryMapMaker {
  private readonly profile: ImagingProfile;
  private readonly device: FactoryDevice;
  private readonly draws: Draws;
  private readonly charge: ChargeModel;
  private readonly darkEPerS: number;
  private readonly resetE: number;
  /** Of the bin that meanLevelDn saw last: mean dark charge. A number, not a result, as a map has a million bins. */
  private binDarkE = 0;

  constructor(profile: ImagingProfile, device: FactoryDevice) {
    const { effects } = profile;
    const conditions = { temperatureK: calibrationTemperatureK(profile), analogGain: 1, effects };
    this.profile = profile;
    this.device = device;
    this.draws = new Draws(profile.deviceSeed, STREAM_CALIBRATION);
    this.charge = chargeModel(profile, conditions);
    this.darkEPerS = darkRateEPerS(profile, conditions);
    this.resetE = conditionsResetNoiseE(profile, conditions);
  }

  /**
   * In linear DN (linear-response.ts). Offset: mean level without any exposure. Dark: what the exposure in the dark at the calibration's temperature adds, over
   * darkMapScale; of cds and ramps, between the first and the last read.
   */
  make(registers: ImagingSequencerRegisters, analogGain: number): FactoryMaps {
    const { height, width } = registers;
    const levels = new LevelModel(this.profile, { effects: this.profile.effects, analogGain });
    const response = linearResponse(this.profile, analogGain, registers);
    const maps = {
      offsetDn16: new Uint16Array(width * height),
      darkDn16: new Uint16Array(width * height),
      bad: new Uint8Array(width * height),
    };
    const timing = imagingTiming(registers);
    const seconds = (line: number, read: number) => darkCycles(timing, line, read) / this.profile.adc.clockHz;
    const last = registers.reads - 1;
    for (let line = 0; line < height; line++) {
      const times = { firstS: last === 0 ? 0 : seconds(line, 0), lastS: seconds(line, last) };
      this.fillLine(maps, registers, levels, response, times, line);
    }
    return maps;
  }

  private fillLine(
    maps: FactoryMaps,
    registers: ImagingSequencerRegisters,
    levels: LevelModel,
    response: LinearResponse,
    times: DarkTimes,
    line: number,
  ): void {
    const { reads, width } = registers;
    const scale = darkMapScale(this.profile);
    const columnStep = registers.columnBinning * registers.columnDecimation;
    const row = (registers.offsetY + line) * registers.rowBinning * registers.rowDecimation;
    const noise = this.stackNoise(registers, levels, times);
    for (let x = 0, at = line * width; x < width; x++, at++) {
      const column = (registers.offsetX + x) * columnStep;
      const pixel = row * this.profile.array.widthPx + column;
      const code = (timeS: number) =>
        linearDn(response, levels.meanCode(this.meanLevelDn(registers, levels, pixel, timeS), column));
      const zeroDn = code(0);
      const firstDn = reads === 1 ? zeroDn : code(times.firstS);
      const firstE = reads === 1 ? 0 : this.binDarkE;
      const lastDn = code(times.lastS);
      const sigmaDn = this.darkSigmaDn(registers, levels, noise, this.binDarkE - firstE);
      const zeroErrorDn = noise.zeroDn * this.draws.normal(pixel, ZERO_EXPOSURE);
      const darkErrorDn = sigmaDn * this.draws.normal(pixel, REFERENCE_EXPOSURE);
      // A single read's dark stack is measured with the offset and has that subtracted; differences have no offset.
      const darkDn = lastDn - firstDn + darkErrorDn - (reads === 1 ? zeroErrorDn : 0);
      maps.offsetDn16[at] = quantise(zeroDn + zeroErrorDn);
      maps.darkDn16[at] = quantise(darkDn / scale);
      maps.bad[at] = this.badOfBin(registers, pixel);
    }
  }

  /** Mean of the levels of a bin's pixels after `timeS` in the dark, DN. `first`: its first sensor pixel. */
  private meanLevelDn(
    { columnBinning, rowBinning }: ImagingSequencerRegisters,
    levels: LevelModel,
    first: number,
    timeS: number,
  ): number {
    const { darkFactor, offsetDn } = this.device;
    let levelDn = 0;
    let darkE = 0;
    for (let y = 0, from = first; y < rowBinning; y++, from += this.profile.array.widthPx) {
      for (let pixel = from; pixel < from + columnBinning; pixel++) {
        const rate = this.darkEPerS * darkFactor[pixel]!;
        const chargeE = meanChargeE(rate, timeS, this.charge.bias.darkFall, this.charge);
        levelDn += offsetDn[pixel]! + levels.signalDn(chargeE);
        darkE += chargeE;
      }
    }
    const pixels = rowBinning * columnBinning;
    this.binDarkE = darkE / pixels;
    return levelDn / pixels;
  }

  private badOfBin({ columnBinning, rowBinning }: ImagingSequencerRegisters, first: number): number {
    let bad = 0;
    for (let y = 0, from = first; y < rowBinning; y++, from += this.profile.array.widthPx) {
      for (let pixel = from; pixel < from + columnBinning; pixel++) bad |= this.device.bad[pixel]!;
    }
    return bad;
  }

  private stackNoise(
    { columnBinning, reads, rowBinning }: ImagingSequencerRegisters,
    levels: LevelModel,
    { firstS, lastS }: DarkTimes,
  ): StackNoise {
    const pixels = columnBinning * rowBinning;
    const slope = levels.slopeAtZeroDnPerE;
    const readDn2 = levels.readVarianceDn2() / pixels + QUANTISATION_DN2;
    const resetDn2 = (this.resetE * this.resetE * slope * slope) / pixels;
    const fixedDn2 =
      reads === 1
        ? readDn2 + resetDn2
        : slopeFactor(reads) * (readDn2 - levels.readCovarianceDn2(lastS - firstS) / pixels);
    return { zeroDn: Math.sqrt((readDn2 + resetDn2) / this.profile.readout.calibrationFrames), fixedDn2 };
  }

  /** Standard deviation of the dark stack's mean, DN, with the shot noise of `darkE`. */
  private darkSigmaDn(
    { columnBinning, rowBinning }: ImagingSequencerRegisters,
    levels: LevelModel,
    { fixedDn2 }: StackNoise,
    darkE: number,
  ): number {
    const slope = levels.slopeAtZeroDnPerE;
    const shotDn2 = (Math.max(0, darkE) * slope * slope) / (columnBinning * rowBinning);
    return Math.sqrt((fixedDn2 + shotDn2) / this.profile.readout.calibrationFrames);
  }
}

/** Variance of the signal over a ramp by least squares, over that of a read: 12 (N - 1) / (N (N + 1)) [physics.md 5]; 2 for CDS. */
function slopeFactor(reads: number): number {
  return (12 * (reads - 1)) / (reads * (reads + 1));
}

function quantise(valueDn: number): number {
  return Math.min(MAX_STEPS, Math.max(0, Math.round(valueDn * STEPS_PER_DN)));
}
