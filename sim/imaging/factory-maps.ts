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
import type { FactoryDevice } from "./factory-device.ts";
import { LevelModel } from "./level-model.ts";

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

/** Mean level, DN, of an output pixel's bin, and what its code depends on beside it. */
interface BinState {
  levelDn: number;
  darkE: number;
  bad: number;
}

/** Makes the maps of frames of one device. */
export class FactoryMapMaker {
  private readonly profile: ImagingProfile;
  private readonly device: FactoryDevice;
  private readonly draws: Draws;
  private readonly charge: ChargeModel;
  private readonly darkEPerS: number;
  private readonly resetE: number;

  constructor(profile: ImagingProfile, device: FactoryDevice) {
    const { detector, effects } = profile;
    const conditions = { temperatureK: detector.darkReferenceK, analogGain: 1, effects };
    this.profile = profile;
    this.device = device;
    this.draws = new Draws(profile.deviceSeed, STREAM_CALIBRATION);
    this.charge = chargeModel(profile, conditions);
    this.darkEPerS = darkRateEPerS(profile, conditions);
    this.resetE = conditionsResetNoiseE(profile, conditions);
  }

  /**
   * Offset: mean code without any exposure. Dark: what the exposure in the dark at the reference temperature adds; of cds
   * and ramps, between the first and the last read.
   */
  make(registers: ImagingSequencerRegisters, analogGain: number): FactoryMaps {
    const { height, width } = registers;
    const levels = new LevelModel(this.profile, { effects: this.profile.effects, analogGain });
    const maps = {
      offsetDn16: new Uint16Array(width * height),
      darkDn16: new Uint16Array(width * height),
      bad: new Uint8Array(width * height),
    };
    const timing = imagingTiming(registers);
    const seconds = (line: number, read: number) => darkCycles(timing, line, read) / this.profile.adc.clockHz;
    for (let line = 0; line < height; line++) {
      const last = registers.reads - 1;
      const times = { firstS: last === 0 ? 0 : seconds(line, 0), lastS: seconds(line, last) };
      for (let x = 0; x < width; x++) this.fill(maps, registers, levels, times, line, x);
    }
    return maps;
  }

  private fill(
    maps: FactoryMaps,
    registers: ImagingSequencerRegisters,
    levels: LevelModel,
    times: DarkTimes,
    line: number,
    x: number,
  ): void {
    const column = (registers.offsetX + x) * registers.columnBinning * registers.columnDecimation;
    const row = (registers.offsetY + line) * registers.rowBinning * registers.rowDecimation;
    const code = (timeS: number) => {
      const bin = this.bin(registers, levels, row, column, timeS);
      return { ...bin, codeDn: levels.meanCode(bin.levelDn, column) };
    };
    const zero = code(0);
    const isSingle = registers.reads === 1;
    const first = isSingle ? zero : code(times.firstS);
    const last = code(times.lastS);
    const pixel = row * this.profile.array.widthPx + column;
    const sigma = this.stackSigmas(registers, levels, times, last.darkE - (isSingle ? 0 : first.darkE));
    const zeroErrorDn = sigma.zeroDn * this.draws.normal(pixel, ZERO_EXPOSURE);
    const darkErrorDn = sigma.darkDn * this.draws.normal(pixel, REFERENCE_EXPOSURE);
    const at = line * registers.width + x;
    // A single read's dark stack is measured with the offset and has that subtracted; differences have no offset.
    const darkDn = last.codeDn - first.codeDn + darkErrorDn - (isSingle ? zeroErrorDn : 0);
    maps.offsetDn16[at] = quantise(zero.codeDn + zeroErrorDn);
    maps.darkDn16[at] = quantise(darkDn);
    maps.bad[at] = zero.bad;
  }

  /** Mean of the levels of a bin's pixels after `timeS` in the dark. */
  private bin(
    { columnBinning, rowBinning }: ImagingSequencerRegisters,
    levels: LevelModel,
    row: number,
    column: number,
    timeS: number,
  ): BinState {
    const { bad, darkFactor, offsetDn } = this.device;
    const sum: BinState = { levelDn: 0, darkE: 0, bad: 0 };
    for (let y = row; y < row + rowBinning; y++) {
      for (let x = column; x < column + columnBinning; x++) {
        const pixel = y * this.profile.array.widthPx + x;
        const rate = this.darkEPerS * darkFactor[pixel]!;
        const chargeE = meanChargeE(rate, timeS, this.charge.bias.darkFall, this.charge);
        sum.levelDn += offsetDn[pixel]! + levels.signalDn(chargeE);
        sum.darkE += chargeE;
        sum.bad |= bad[pixel]!;
      }
    }
    const pixels = rowBinning * columnBinning;
    return { levelDn: sum.levelDn / pixels, darkE: sum.darkE / pixels, bad: sum.bad };
  }

  /** Standard deviations of the stacks' means, DN: of one read without exposure, and of what the dark stack measures. */
  private stackSigmas(
    { columnBinning, reads, rowBinning }: ImagingSequencerRegisters,
    levels: LevelModel,
    { firstS, lastS }: DarkTimes,
    darkE: number,
  ): { readonly zeroDn: number; readonly darkDn: number } {
    const pixels = columnBinning * rowBinning;
    const slope = levels.slopeDnPerE(0);
    const readDn2 = levels.readVarianceDn2() / pixels + QUANTISATION_DN2;
    const resetDn2 = (this.resetE * this.resetE * slope * slope) / pixels;
    const shotDn2 = (Math.max(0, darkE) * slope * slope) / pixels;
    const lagS = lastS - firstS;
    const fixedDn2 =
      reads === 1 ? readDn2 + resetDn2 : 2 * (readDn2 - levels.readCovarianceDn2(lagS) / pixels);
    const frames = this.profile.readout.calibrationFrames;
    return {
      zeroDn: Math.sqrt((readDn2 + resetDn2) / frames),
      darkDn: Math.sqrt((fixedDn2 + shotDn2) / frames),
    };
  }
}

function quantise(valueDn: number): number {
  return Math.min(MAX_STEPS, Math.max(0, Math.round(valueDn * STEPS_PER_DN)));
}
