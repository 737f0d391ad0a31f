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

/** What a pixel is classified with: its dark map, f32 factor of the frame, its time map. */
export interface PixelMaps {
  readonly darkDn16: number;
  readonly darkScale: number;
  readonly timeCode: number;
}

/** Whether the amplitude stands out of its own sigma. */
function isAbove(sigmas: number, fit: Fit): boolean {
  return fit.amplitudeE * fit.amplitudeE >= sigmas * sigmas * fit.amplitudeVariance;
}

/** Range in codes, not rounded. */
function rangeOf(p: ReferenceParameters, fit: Fit, timeCode: number): number {
  const timeNs = p.t0MinNs + fit.positionNs - p.timeOffsetNs - timeCode * TIME_MAP_NS;
  return (timeNs * HALF_LIGHT_M_PER_NS) / p.rangeScale;
}

function returnCodes(p: ReferenceParameters, fit: Fit, timeCode: number): ReturnCodes {
  return {
    range: code16(rangeOf(p, fit, timeCode)),
    sigma: code16((Math.sqrt(fit.positionVariance) * HALF_LIGHT_M_PER_NS) / p.sigmaScale),
    amplitude: code16(fit.amplitudeE / p.amplitudeScale),
  };
}

/** Whether a fit is a return; at an end of the window, where noise gathers, it must stand out more. */
export function detected(p: ReferenceParameters, { spanNs }: Tables, fit: Fit): boolean {
  const inside = fit.positionNs > 0 && fit.positionNs < spanNs;
  return isAbove(p.detectionSigma * (inside ? 1 : 1.2), fit);
}

/** Codes of a pixel; `fits`: its returns in order, none if none was found. */
export function classify(
  p: ReferenceParameters,
  tables: Tables,
  pixel: PixelSamples,
  fits: readonly Fit[],
  { darkDn16, darkScale, timeCode }: PixelMaps,
): PixelCodes {
  const saturated = pixel.saturatedGates > 0 ? Flags.PIXEL_SATURATED : 0;
  const ambient = (backgroundE: number): number => {
    const darkE = darkDn16 * darkScale * gainE16(p);
    return Math.max(-32768, Math.min(32767, Math.floor((backgroundE - darkE) / p.ambientScale + 0.5)));
  };
  const [fit, ...others] = fits;
  if (fit === undefined) {
    const flags = Flags.PIXEL_NO_RETURN | saturated;
    return { ...NO_RETURN, ambient: ambient(meanElectrons(p, pixel)), further: [], flags };
  }
  const atEnd = fit.positionNs <= 0 || fit.positionNs >= tables.spanNs || rangeOf(p, fit, timeCode) < 0;
  const flags =
    saturated |
    (others.length > 0 ? Flags.PIXEL_SEVERAL : 0) |
    (isAbove(p.lowSignalSigma, fit) ? 0 : Flags.PIXEL_LOW_SIGNAL) |
    (fit.misfit > p.misfitChi2 ? Flags.PIXEL_MISFIT : 0) |
    (atEnd ? Flags.PIXEL_WINDOW : 0);
  return {
    ...returnCodes(p, fit, timeCode),
    ambient: ambient(fit.backgroundE),
    further: others.map((other) => returnCodes(p, other, timeCode)),
    flags,
  };
}
