import { TIME_MAP_NS } from "../../../hw-profiles/interface/memory-map.ts";
import * as Flags from "../../../hw-profiles/interface/pixel-flags.ts";
import { gainE16, type PixelSamples } from "./correct.ts";
import { meanElectrons } from "./matched-filter.ts";
import type { ReferenceParameters } from "./parameters.ts";
import type { Fit } from "./scoring.ts";
import type { SpreadCodes } from "./spread.ts";
import type { Tables } from "./tables.ts";

const HALF_LIGHT_M_PER_NS = 0.149896229;

/** A return as it is sent. */
export interface ReturnCodes {
  readonly range: number;
  readonly sigma: number;
  readonly amplitude: number;
}

/** A pixel as it is sent: codes of its first return, of ambient, of up to two further returns, and flags. */
export interface PixelCodes extends ReturnCodes {
  readonly ambient: number;
  readonly further: readonly ReturnCodes[];
  readonly spread?: SpreadCodes;
  readonly flags: number;
}

export const NO_RETURN: ReturnCodes = { range: 0, sigma: 0, amplitude: 0 };
export const BAD_PIXEL: PixelCodes = { ...NO_RETURN, ambient: 0, further: [], flags: Flags.PIXEL_BAD };

function code16(value: number): number {
  return Math.max(0, Math.min(65535, Math.floor(value + 0.5)));
}

/** Codes of a pixel. `darkDn16`: its dark map; `darkScale`: f32 factor of the frame; `timeCode`: its time map. */
export function classify(
  p: ReferenceParameters,
  tables: Tables,
  pixel: PixelSamples,
  fit: Fit | undefined,
  darkDn16: number,
  darkScale: number,
  timeCode: number,
): PixelCodes {
  const above = (sigmas: number, f: Fit): boolean =>
    f.amplitudeE * f.amplitudeE >= sigmas * sigmas * f.amplitudeVariance;
  const saturated = pixel.saturatedGates > 0 ? Flags.PIXEL_SATURATED : 0;
  const ambient = (backgroundE: number): number => {
    const darkE = darkDn16 * darkScale * gainE16(p);
    return Math.max(-32768, Math.min(32767, Math.floor((backgroundE - darkE) / p.ambientScale + 0.5)));
  };
  if (fit === undefined || !above(p.detectionSigma, fit)) {
    const flags = Flags.PIXEL_NO_RETURN | saturated;
    return { ...NO_RETURN, ambient: ambient(meanElectrons(p, pixel)), further: [], flags };
  }
  const timeNs = p.t0MinNs + fit.positionNs - p.timeOffsetNs - timeCode * TIME_MAP_NS;
  const range = (timeNs * HALF_LIGHT_M_PER_NS) / p.rangeScale;
  const sigmaNs = Math.sqrt(fit.positionVariance);
  const atEnd = fit.positionNs <= 0 || fit.positionNs >= tables.spanNs || range < 0;
  const flags =
    saturated |
    (above(p.lowSignalSigma, fit) ? 0 : Flags.PIXEL_LOW_SIGNAL) |
    (fit.misfit > p.misfitChi2 ? Flags.PIXEL_MISFIT : 0) |
    (atEnd ? Flags.PIXEL_WINDOW : 0);
  return {
    range: code16(range),
    sigma: code16((sigmaNs * HALF_LIGHT_M_PER_NS) / p.sigmaScale),
    amplitude: code16(fit.amplitudeE / p.amplitudeScale),
    ambient: ambient(fit.backgroundE),
    further: [],
    flags,
  };
}
