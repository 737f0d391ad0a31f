// How the pixels of one device differ in response and dark current. Drawn from deviceSeed; a band of rows draws its own
// part, of the whole array's pattern.

import type { EffectsProfile, ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import type { SensorRows } from "../imaging/seams.ts";
import { Draws } from "../random/draws.ts";
import * as Stream from "../random/streams.ts";
import { DEFECT_DEAD, darkFactors, defects, responses } from "./device-patterns.ts";
import { rememberLast } from "./remember.ts";

/** f32 [row of the band][column], 1 = mean of the array. Both are 0 in a dead pixel. */
export interface ChargePatterns {
  readonly response: Float32Array;
  readonly dark: Float32Array;
}

const remember = rememberLast<ImagingProfile, ChargePatterns>();

type PatternEffects = Pick<EffectsProfile, "darkPattern" | "defects" | "responsePattern">;

/**
 * Response: 1 + pixel, row and column parts (PRNU), not below 0. Dark current: lognormal with mean 1, hot pixels
 * hotDarkFactor times that. Switched-off patterns are 1 everywhere; switched-off defects are good pixels. Shared: read only.
 */
export function chargePatterns(
  profile: ImagingProfile,
  { darkPattern, defects, responsePattern }: PatternEffects,
  { firstRow, rows }: SensorRows,
): ChargePatterns {
  const effects = { darkPattern, defects, responsePattern };
  const band = { firstRow, rows };
  return remember(profile, JSON.stringify([effects, band]), () => drawPatterns(profile, effects, band));
}

function drawPatterns(profile: ImagingProfile, effects: PatternEffects, band: SensorRows): ChargePatterns {
  const { widthPx } = profile.array;
  const area = { firstPixel: band.firstRow * widthPx, count: band.rows * widthPx };
  const { darkPattern, responsePattern } = effects;
  const defect = effects.defects.on ? defects(profile, area) : new Uint8Array(area.count);
  const response = responsePattern.on ? responses(profile, area) : new Float32Array(area.count).fill(1);
  if (responsePattern.on) addLines(response, profile, responsePattern, band);
  const dark = darkFactors(darkPattern.on ? profile : withoutDarkSpread(profile), area, defect);
  defect.forEach((kind, pixel) => {
    if (kind !== DEFECT_DEAD) return;
    response[pixel] = 0;
    dark[pixel] = 0;
  });
  return { response, dark };
}

function withoutDarkSpread(profile: ImagingProfile): ImagingProfile {
  return { ...profile, detector: { ...profile.detector, darkSpread: 0 } };
}

function addLines(
  response: Float32Array,
  profile: ImagingProfile,
  spreads: EffectsProfile["responsePattern"],
  band: SensorRows,
): void {
  const { widthPx } = profile.array;
  const rows = new Draws(profile.deviceSeed, Stream.STREAM_RESPONSE_ROW);
  const columns = new Draws(profile.deviceSeed, Stream.STREAM_RESPONSE_COLUMN);
  const columnParts = Float64Array.from(
    { length: widthPx },
    (_, column) => spreads.columnSpread * columns.normal(column),
  );
  for (let row = 0; row < band.rows; row++) {
    const rowPart = spreads.rowSpread * rows.normal(band.firstRow + row);
    for (let column = 0; column < widthPx; column++) {
      const at = row * widthPx + column;
      response[at] = Math.max(0, response[at]! + rowPart + columnParts[column]!);
    }
  }
}
