import type { OrganisedCloud } from "../pcd/read-pcd.ts";
import { SceneError } from "../scene-error.ts";
import type { Intrinsics } from "./depth-image.ts";

/** Pixels off the pinhole model by more than this count as outliers of the second fit. */
const OUTLIER_PX = 2;
/** A cloud whose typical pixel is off by more is no pinhole image. */
const WORST_RMS_PX = 0.75;
const LEAST_POINTS = 12;
/** The share of pixels that may be outliers. */
const OUTLIER_SHARE = 0.2;

interface Line {
  readonly slope: number;
  readonly offset: number;
  readonly rms: number;
  readonly used: number;
}

/**
 * The intrinsics of the camera that took an organised cloud, from its own points: u = fx x/z + cx, v = fy y/z + cy by
 * least squares, once over all points and once without outliers. Throws SceneError if the cloud is no pinhole image.
 */
export function estimateIntrinsics(scene: string, cloud: OrganisedCloud): Intrinsics {
  const horizontal = fitAxis(cloud, cloud.x, (i) => i % cloud.width);
  const vertical = fitAxis(cloud, cloud.y, (i) => Math.floor(i / cloud.width));
  for (const line of [horizontal, vertical]) {
    if (line.used >= LEAST_POINTS && line.rms <= WORST_RMS_PX && line.slope !== 0) continue;
    throw new SceneError({
      scene,
      found: `pixels and points that disagree (${line.used} usable points, ${line.rms.toFixed(2)} pixels rms)`,
      expected: `u = fx x/z + cx and v = fy y/z + cy within ${WORST_RMS_PX} pixels rms`,
      whatToDo:
        "The cloud is no pinhole depth image; give its intrinsics in <name>.intrinsics.json or use a mesh.",
    });
  }
  // A cloud with y up or x to the left has negative slopes; its image is upright all the same.
  return {
    fx: Math.abs(horizontal.slope),
    fy: Math.abs(vertical.slope),
    cx: horizontal.offset,
    cy: vertical.offset,
  };
}

function fitAxis(cloud: OrganisedCloud, values: Float32Array, pixelOf: (i: number) => number): Line {
  const everything = fitLine(cloud, values, pixelOf, undefined);
  const good = fitLine(cloud, values, pixelOf, everything);
  const trusted = good.used >= (1 - OUTLIER_SHARE) * everything.used;
  return trusted ? good : { ...good, used: 0 };
}

/** Least squares of pixel against value/z; with `near`, of the points within OUTLIER_PX of that line. */
function fitLine(
  cloud: OrganisedCloud,
  values: Float32Array,
  pixelOf: (i: number) => number,
  near: Line | undefined,
): Line {
  let [n, sumS, sumP, sumSS, sumSP, sumPP] = [0, 0, 0, 0, 0, 0];
  const middle = pixelOf(cloud.z.length - 1) / 2;
  for (let i = 0; i < cloud.z.length; i++) {
    const z = cloud.z[i]!;
    const s = values[i]! / z;
    const p = pixelOf(i) - middle;
    if (!(z > 0) || !Number.isFinite(s)) continue;
    if (near !== undefined && Math.abs(near.slope * s + near.offset - pixelOf(i)) > OUTLIER_PX) continue;
    n++;
    sumS += s;
    sumP += p;
    sumSS += s * s;
    sumSP += s * p;
    sumPP += p * p;
  }
  const varS = sumSS - (sumS * sumS) / n;
  const cov = sumSP - (sumS * sumP) / n;
  const varP = sumPP - (sumP * sumP) / n;
  const slope = varS > 0 ? cov / varS : 0;
  const rms = Math.sqrt(Math.max(0, varP - slope * cov) / n);
  return {
    slope,
    offset: middle + (sumP - slope * sumS) / n,
    rms: Number.isFinite(rms) ? rms : Infinity,
    used: n,
  };
}
