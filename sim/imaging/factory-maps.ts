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
import { type DarkTimes, StackNoise } from "./stack-noise.ts";

/** Maps carry sixteenths of a DN. */
const STEPS_PER_DN = 16;
const MAX_STEPS = 0xffff;
const ZERO_EXPOSURE = 0;
const REFERENCE_EXPOSURE = 1;
/** Normals of a pixel: of the stack without exposure and of the one with it. */
const NORMALS = 2;

/** An output pixel's bin: mean code of its mean level, and the dark charge behind it. */
interface BinState {
  codeDn: number;
  darkE: number;
}

/** What all lines of a frame's maps have in common. */
interface MapJob {
  readonly registers: ImagingSequencerRegisters;
  readonly levels: LevelModel;
  readonly noise: StackNoise;
  readonly maps: FactoryMaps;
}

/** Makes the maps of frames of one device. */
export class FactoryMapMaker {
  private readonly profile: ImagingProfile;
  private readonly device: FactoryDevice;
  private readonly draws: Draws;
  /** f32[pixel][NORMALS], as `draws` gives them; NaN: not asked for yet. */
  private readonly normals: Float32Array;
  private readonly charge: ChargeModel;
  private readonly darkEPerS: number;
  private readonly resetE: number;

  constructor(profile: ImagingProfile, device: FactoryDevice) {
    const { detector, effects } = profile;
    const conditions = { temperatureK: detector.darkReferenceK, analogGain: 1, effects };
    this.profile = profile;
    this.device = device;
    this.draws = new Draws(profile.deviceSeed, STREAM_CALIBRATION);
    this.normals = new Float32Array(NORMALS * device.bad.length).fill(Number.NaN);
    this.charge = chargeModel(profile, conditions);
    this.darkEPerS = darkRateEPerS(profile, conditions);
    this.resetE = conditionsResetNoiseE(profile, conditions);
  }

  /**
   * Offset: mean code without any exposure. Dark: what the exposure in the dark at the reference temperature adds; of cds
   * and ramps, between the first and the last read.
   */
  make(registers: ImagingSequencerRegisters, analogGain: number): FactoryMaps {
    const { columnBinning, height, reads, rowBinning, width } = registers;
    const { adc, effects, readout } = this.profile;
    const levels = new LevelModel(this.profile, { effects, analogGain });
    const size = { frames: readout.calibrationFrames, reads, pixels: columnBinning * rowBinning };
    const noise = new StackNoise(levels, this.resetE, size);
    const maps = {
      offsetDn16: new Uint16Array(width * height),
      darkDn16: new Uint16Array(width * height),
      bad: new Uint8Array(width * height),
    };
    const timing = imagingTiming(registers);
    const seconds = (line: number, read: number) => darkCycles(timing, line, read) / adc.clockHz;
    for (let line = 0; line < height; line++) {
      const firstS = reads === 1 ? 0 : seconds(line, 0);
      this.fillLine({ registers, levels, noise, maps }, line, { firstS, lastS: seconds(line, reads - 1) });
    }
    return maps;
  }

  private fillLine({ levels, maps, noise, registers }: MapJob, line: number, times: DarkTimes): void {
    const { offsetX, offsetY, width } = registers;
    const row = (offsetY + line) * registers.rowBinning * registers.rowDecimation;
    const columnStep = registers.columnBinning * registers.columnDecimation;
    const fixedDn2 = noise.fixedDn2(times);
    const zero: BinState = { codeDn: 0, darkE: 0 };
    const first: BinState = { codeDn: 0, darkE: 0 };
    const last: BinState = { codeDn: 0, darkE: 0 };
    for (let x = 0, at = line * width; x < width; x++, at++) {
      const column = (offsetX + x) * columnStep;
      const pixel = row * this.profile.array.widthPx + column;
      this.measure(registers, levels, pixel, column, 0, zero);
      if (registers.reads > 1) this.measure(registers, levels, pixel, column, times.firstS, first);
      this.measure(registers, levels, pixel, column, times.lastS, last);
      const zeroErrorDn = noise.zeroDn * this.normal(pixel, ZERO_EXPOSURE);
      const darkSigmaDn = noise.darkDn(fixedDn2, last.darkE - first.darkE);
      const darkErrorDn = darkSigmaDn * this.normal(pixel, REFERENCE_EXPOSURE);
      // A single read's dark stack is measured with the offset and has that subtracted; differences have no offset.
      const startDn = registers.reads === 1 ? zero.codeDn : first.codeDn;
      const startErrorDn = registers.reads === 1 ? zeroErrorDn : 0;
      maps.offsetDn16[at] = quantise(zero.codeDn + zeroErrorDn);
      maps.darkDn16[at] = quantise(last.codeDn - startDn + darkErrorDn - startErrorDn);
      maps.bad[at] = this.isBad(registers, pixel);
    }
  }

  private normal(pixel: number, component: number): number {
    const at = NORMALS * pixel + component;
    if (Number.isNaN(this.normals[at]!)) this.normals[at] = this.draws.normal(pixel, component);
    return this.normals[at]!;
  }

  /** Mean of the levels of a bin's pixels after `timeS` in the dark, converted. `into` is written. */
  private measure(
    { columnBinning, rowBinning }: ImagingSequencerRegisters,
    levels: LevelModel,
    firstPixel: number,
    column: number,
    timeS: number,
    into: BinState,
  ): void {
    const { darkFactor, offsetDn } = this.device;
    const { charge, darkEPerS } = this;
    let levelDn = 0;
    let darkE = 0;
    for (let y = 0; y < rowBinning; y++) {
      const first = firstPixel + y * this.profile.array.widthPx;
      for (let pixel = first; pixel < first + columnBinning; pixel++) {
        const chargeE = meanChargeE(darkEPerS * darkFactor[pixel]!, timeS, charge.bias.darkFall, charge);
        levelDn += offsetDn[pixel]! + levels.signalDn(chargeE);
        darkE += chargeE;
      }
    }
    const pixels = rowBinning * columnBinning;
    into.codeDn = levels.meanCode(levelDn / pixels, column);
    into.darkE = darkE / pixels;
  }

  private isBad({ columnBinning, rowBinning }: ImagingSequencerRegisters, firstPixel: number): number {
    let bad = 0;
    for (let y = 0; y < rowBinning; y++) {
      const first = firstPixel + y * this.profile.array.widthPx;
      for (let pixel = first; pixel < first + columnBinning; pixel++) bad |= this.device.bad[pixel]!;
    }
    return bad;
  }
}

function quantise(valueDn: number): number {
  return Math.min(MAX_STEPS, Math.max(0, Math.round(valueDn * STEPS_PER_DN)));
}
