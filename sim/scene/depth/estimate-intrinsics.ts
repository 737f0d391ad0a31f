import type { OrganisedCloud } from "../pcd/read-pcd.ts";
import { SceneError } from "../scene-error.ts";
import type { Intrinsics } from "./depth-image.ts";

/** Pixels off the pinhole model by more than this count as outliers. */
const OUTLIER_PX = 2;
/** A cloud whose typical pixel is off by more is no pinhole image. */
const WORST_RMS_PX = 0.75;
const LEAST_POINTS = 12;
/** The share of pixels that may be outliers. */
const OUTLIER_SHARE = 0.2;
const MOST_PAIRS = 4000;

interface Line {
  readonly slope: number;
  readonly offset: number;
  readonly rms: number;
  readonly used: number;
}

/**
 * The intrinsics of the camera that took an organised cloud, from its own points: u = fx x/z + cx, v = fy y/z + cy,
 * by medians first and then by least squares over the points that agree. Throws SceneError if the cloud is no pinhole image.
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
  const samples = samplesOf(cloud, values, pixelOf);
  const good = fitLine(samples, medianLine(samples));
  const refined = fitLine(samples, good);
  return refined.used >= (1 - OUTLIER_SHARE) * samples.pixel.length ? refined : { ...refined, used: 0 };
}

/** Slopes value/z and pixel coordinates of all valid points. */
interface Samples {
  readonly slope: Float64Array;
  readonly pixel: Float64Array;
}

function samplesOf(cloud: OrganisedCloud, values: Float32Array, pixelOf: (i: number) => number): Samples {
  const slope = new Float64Array(cloud.z.length);
  const pixel = new Float64Array(cloud.z.length);
  let count = 0;
  for (let i = 0; i < cloud.z.length; i++) {
    const z = cloud.z[i]!;
    const s = values[i]! / z;
    if (!(z > 0) || !Number.isFinite(s)) continue;
    slope[count] = s;
    pixel[count++] = pixelOf(i);
  }
  return { slope: slope.subarray(0, count), pixel: pixel.subarray(0, count) };
}

/** A start that outliers cannot spoil: medians over pairs of points that lie far from each other. */
function medianLine({ slope, pixel }: Samples): Pick<Line, "slope" | "offset"> {
  const half = Math.floor(pixel.length / 2);
  const step = Math.max(1, Math.floor(half / MOST_PAIRS));
  const slopes: number[] = [];
  for (let i = 0; i < half; i += step) {
    // Not always the same column: the partner moves along with i.
    const partner = half + ((i * 7) % half);
    const span = slope[partner]! - slope[i]!;
    const pixels = pixel[partner]! - pixel[i]!;
    if (Math.abs(pixels) > 2 && span !== 0) slopes.push(pixels / span);
  }
  const gradient = median(slopes);
  const offsets: number[] = [];
  for (let i = 0; i < pixel.length; i += step) offsets.push(pixel[i]! - gradient * slope[i]!);
  return { slope: gradient, offset: median(offsets) };
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Least squares of pixel against slope, of the points within OUTLIER_PX of the line `near`. */
function fitLine({ slope, pixel }: Samples, near: Pick<Line, "slope" | "offset">): Line {
  let [n, sumS, sumP, sumSS, sumSP, sumPP] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < pixel.length; i++) {
    const s = slope[i]!;
    const p = pixel[i]! - near.offset;
    if (!(Math.abs(near.slope * s - p) <= OUTLIER_PX)) continue;
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
  const gradient = varS > 0 ? cov / varS : 0;
  const rms = n > 0 ? Math.sqrt(Math.max(0, varP - gradient * cov) / n) : Number.POSITIVE_INFINITY;
  return { slope: gradient, offset: near.offset + (sumP - gradient * sumS) / n, rms, used: n };
}
