import * as Blocks from "../../../../hw-profiles/interface/memory-map.ts";
import type { ReferenceParameters } from "../parameters.ts";

const fround = Math.fround;

/** Constants of noise and scales, f32 each. */
export interface ImagingConstants {
  readonly dnPerE: number;
  /** DN^2: read noise and quantisation. */
  readonly readVariance: number;
  /** DN^2: a single or CDS value without shot noise. */
  readonly fixedVariance: number;
  /** Variance of a charge S: fixedVariance + S (variancePerDn + S shotBend); its flicker is times 1 + S flickerBend. */
  readonly variancePerDn: number;
  readonly shotBend: number;
  readonly flickerBend: number;
  readonly rateToRatio: number;
  /** The same of a rate, in units of readVariance, over a whole ramp; at most mostBend. */
  readonly ratioBend: number;
  readonly mostBend: number;
  /** Dark signal in DN to the variance of its 1/f noise in DN^2. */
  readonly flickerPerDn: number;
  readonly jumpLevel: number;
  readonly screenLevel: number;
  readonly intensityPerDn: number;
  readonly sigmaPerDn: number;
  readonly intensityBias: number;
  readonly intervals: number;
  readonly rampVariance: number;
  readonly slopeFactor: number;
  readonly offsetShown: boolean;
}

export function imagingConstants(p: ReferenceParameters): ImagingConstants {
  const readDn = p.readNoiseE / p.gainEPerDn;
  const resetDn = p.resetNoiseE / p.gainEPerDn;
  const readVariance = readDn * readDn + 1 / 12;
  const dnPerE = fround(1 / p.gainEPerDn);
  const shotBend = fround(p.shotBend / p.gainEPerDn);
  const bend = shotBend / readVariance;
  const cds = p.readMode === Blocks.READ_CDS;
  const fixedVariance = cds ? 2 * readVariance : resetDn * resetDn + readVariance;
  return {
    dnPerE,
    readVariance: fround(readVariance),
    fixedVariance: fround(fixedVariance),
    variancePerDn: fround(1 / p.gainEPerDn + (cds ? 2 : 4) * p.shotBend * fixedVariance),
    flickerBend: fround(2 * p.shotBend),
    shotBend,
    rateToRatio: fround(dnPerE / readVariance),
    ratioBend: fround(bend * (p.gates - 1)),
    mostBend: fround(bend * p.saturationDn),
    flickerPerDn: fround(p.flickerRatio / p.gainEPerDn),
    jumpLevel: fround(p.jumpChi2 * readVariance),
    screenLevel: fround(0.75 * (p.jumpChi2 * readVariance)),
    intensityPerDn: fround(1 / p.intensityScale),
    sigmaPerDn: fround(1 / p.sigmaScale),
    intensityBias: fround(p.intensityOffset + 0.5),
    intervals: fround(p.gates - 1),
    rampVariance: fround((p.gates - 1) * (p.gates - 1) * readVariance),
    slopeFactor: fround(6 / (p.gates * (p.gates * p.gates - 1))),
    offsetShown: p.readMode === Blocks.READ_SINGLE && (p.corrections & Blocks.CORRECT_OFFSET) === 0,
  };
}

/** f32 factors from the dark map (1/16 DN) to DN, 0 when dark is not subtracted, and to the variance of 1/f noise, DN^2. */
export interface DarkScales {
  readonly signal: number;
  readonly flicker: number;
}

export function darkScales(p: ReferenceParameters, c: ImagingConstants, factor: number): DarkScales {
  const scale = fround(factor * 0.0625);
  return {
    signal: p.corrections & Blocks.CORRECT_DARK ? scale : 0,
    flicker: fround(scale * c.flickerPerDn),
  };
}

/** Linear DN of a code, f32. */
export function linearDn({ linear: [k1, k2, k3] }: ReferenceParameters, code: number): number {
  return fround(code * fround(k1 + fround(code * fround(k2 + fround(code * k3)))));
}

/** Variance of the dark current's 1/f noise in a linear signal, f32. */
export function flickerVariance(
  c: ImagingConstants,
  scales: DarkScales,
  darkDn16: number,
  signal: number,
): number {
  return fround(fround(darkDn16 * scales.flicker) * fround(1 + fround(signal * c.flickerBend)));
}
