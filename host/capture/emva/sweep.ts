import { EmvaError, type EmvaSource } from "./emva-source.ts";

/** Exposures of a data set, ns. */
export interface ExposurePlan {
  /** Rising, from dark to saturation and beyond. */
  readonly sweepNs: readonly number[];
  /** Of the spatial stacks: half of saturation. */
  readonly spatialNs: number;
}

/** The mean code rises linearly from here. */
export interface ExposureResponse {
  readonly exposureNs: number;
  readonly meanDn: number;
  readonly dnPerNs: number;
}

/** How far the sweep goes beyond the exposure that would fill the last code: the variance has then fallen to nothing. */
const BEYOND_SATURATION = 1.1;
const SPATIAL_SHARE = 0.5;
/** Share of the codes at which the response is known well enough: bright, but not yet bent. */
const ENOUGH = 0.2;
const TOO_MUCH = 0.7;
const RISE = 4;
/** Less than TOO_MUCH / ENOUGH: a step down from too bright never ends in the dark. */
const FALL = 2;
const MAX_STEPS = 24;

/** Where `meanDn` will be reached, ns. */
export function exposureAt(response: ExposureResponse, meanDn: number): number {
  return response.exposureNs + (meanDn - response.meanDn) / response.dnPerNs;
}

/** Points at equal steps up to beyond saturation. */
export function planExposures(source: EmvaSource, response: ExposureResponse, points: number): ExposurePlan {
  const lastCode = 2 ** source.bits - 1;
  const endNs = BEYOND_SATURATION * exposureAt(response, lastCode);
  const sweepNs = Array.from({ length: points }, (_, k) => (endNs * (k + 1)) / points);
  return {
    sweepNs: sweepNs.map((exposureNs) => Math.max(exposureNs, source.minExposureNs)),
    spatialNs: SPATIAL_SHARE * exposureAt(response, source.saturationDn),
  };
}

/**
 * Find how the mean code rises with the exposure, the light being on: exposures are raised or lowered until the picture
 * is neither dark nor bright.
 * @throws EmvaError when no exposure of the camera is right.
 */
export async function findResponse(source: EmvaSource, startNs: number): Promise<ExposureResponse> {
  const codes = 2 ** source.bits;
  let wantedNs = startNs;
  let lastNs = 0;
  for (let step = 0; step < MAX_STEPS; step++) {
    const exposureNs = await source.setExposure(wantedNs);
    const meanDn = await meanCode(source);
    if (meanDn < ENOUGH * codes) {
      wantedNs = RISE * exposureNs;
    } else if (meanDn > TOO_MUCH * codes) {
      // A shorter one was asked for, and the camera has none.
      if (exposureNs === lastNs) throw tooBright(meanDn, exposureNs);
      wantedNs = Math.max(exposureNs / FALL, source.minExposureNs);
    } else {
      return slopeBelow(source, exposureNs, meanDn);
    }
    lastNs = exposureNs;
  }
  throw new EmvaError(
    "found no exposure at which the picture is neither dark nor bright; change the irradiance",
  );
}

async function slopeBelow(source: EmvaSource, brightNs: number, brightDn: number): Promise<ExposureResponse> {
  const exposureNs = await source.setExposure(Math.max(brightNs / RISE, source.minExposureNs));
  const dnPerNs = (brightDn - (await meanCode(source))) / (brightNs - exposureNs);
  if (dnPerNs > 0 && Number.isFinite(dnPerNs)) return { exposureNs: brightNs, meanDn: brightDn, dnPerNs };
  throw new EmvaError(
    `found a mean of ${brightDn.toFixed(1)} DN that does not rise between ${exposureNs} and ${brightNs} ns, ` +
      "expected light that fills the pixels; raise the irradiance",
  );
}

function tooBright(meanDn: number, exposureNs: number): EmvaError {
  return new EmvaError(
    `found a mean of ${meanDn.toFixed(0)} DN at the shortest exposure, ${exposureNs} ns; lower the irradiance`,
  );
}

async function meanCode(source: EmvaSource): Promise<number> {
  let sum = 0;
  let pixels = 0;
  for await (const codes of source.take(1)) {
    for (const code of codes) sum += code;
    pixels += codes.length;
  }
  return sum / pixels;
}
