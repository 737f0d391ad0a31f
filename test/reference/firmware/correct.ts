import { exp } from "./exponential.ts";
import type { ReferenceParameters } from "./parameters.ts";

const BOLTZMANN_EV_PER_K = 8.617333262e-5;

/** One pixel's samples, corrected. */
export interface PixelSamples {
  /** Codes, clipped at the saturation level. */
  readonly codes: readonly number[];
  /** f32 electrons, undefined where the code is saturated. */
  readonly electrons: readonly (number | undefined)[];
  readonly saturatedGates: number;
  readonly offsetDn16: number;
}

/** f32 gain of 1/16 DN. */
export function gainE16(p: ReferenceParameters): number {
  return Math.fround(p.gainEPerDn / 16);
}

/** f32 factor of the dark map at a temperature. */
export function darkFactor(p: ReferenceParameters, temperatureMk: number): number {
  const inverse = 1000 / temperatureMk - 1 / p.darkReferenceK;
  const exponent = -(p.darkActivationEv / BOLTZMANN_EV_PER_K) * inverse;
  return Math.fround(p.darkExposureScale * exp(Math.min(exponent, 40)));
}

/** Column x of a row of gate planes. */
export function correctPixel(
  p: ReferenceParameters,
  samples: Uint16Array,
  x: number,
  offsetDn16: number,
): PixelSamples {
  const codes = p.gateDelaysNs.map((_, k) => Math.min(samples[k * p.width + x]!, p.saturationDn));
  const gain = gainE16(p);
  const electrons = codes.map((code) =>
    code === p.saturationDn ? undefined : Math.fround(Math.fround(code * 16 - offsetDn16) * gain),
  );
  return { codes, electrons, offsetDn16, saturatedGates: electrons.filter((e) => e === undefined).length };
}
