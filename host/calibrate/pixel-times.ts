import type { PixelResiduals } from "./pixel-residuals.ts";

/** Whether a pattern of the pixels' times stands out of its statistical error. */
export interface PatternTest {
  /** Mean square over what chance alone makes: 1 where there is no pattern. */
  readonly f: number;
  readonly degreesOfFreedom: number;
  /** From here on the pattern is used. */
  readonly threshold: number;
  readonly isUsed: boolean;
  /** Standard deviation of the pattern itself, chance taken off, ns. */
  readonly spreadNs: number;
}

/** Times of the pixels as rows + columns + each pixel's own. A part that does not pay is all zeros. */
export interface PixelTimes {
  readonly rowsNs: readonly number[];
  readonly columnsNs: readonly number[];
  readonly pixelsNs: Float64Array;
  readonly tests: { readonly rows: PatternTest; readonly columns: PatternTest; readonly pixels: PatternTest };
}

const THRESHOLD_SIGMAS = 5;
const PASSES = 3;

/**
 * Splits the residuals into rows, columns and pixels (alternating weighted means), and keeps of each part what pays: a pattern whose
 * mean square F exceeds 1 by five standard deviations of chance, sqrt(2 / degrees of freedom), shrunk by 1 - 1/F, which is
 * what minimises the error that is left.
 */
export function pixelTimes({ sigmasNs, timesNs }: PixelResiduals, width: number, height: number): PixelTimes {
  const weights = sigmasNs.map((sigma) => (Number.isFinite(sigma) ? 1 / (sigma * sigma) : 0));
  const rest = timesNs.slice();
  const rows = new Float64Array(height);
  const columns = new Float64Array(width);
  const rowOf = (pixel: number) => Math.floor(pixel / width);
  const columnOf = (pixel: number) => pixel % width;
  removeMean(rest, weights);
  for (let pass = 0; pass < PASSES; pass++) {
    moveMeans(rest, weights, rows, rowOf);
    moveMeans(rest, weights, columns, columnOf);
  }
  const used = weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  const pixelsTest = patternTest(rest, weights, used - width - height + 1, 1);
  // Rows and columns scatter with what is left of the pixels, not only with the noise.
  const scatter = Math.max(1, pixelsTest.f);
  const rowsTest = patternTest(rows, groupWeights(weights, height, rowOf), height - 1, scatter);
  const columnsTest = patternTest(columns, groupWeights(weights, width, columnOf), width - 1, scatter);
  return {
    rowsNs: [...shrunk(rows, rowsTest)],
    columnsNs: [...shrunk(columns, columnsTest)],
    pixelsNs: shrunk(rest, pixelsTest).map((time, i) => (weights[i]! > 0 ? time : 0)),
    tests: { rows: rowsTest, columns: columnsTest, pixels: pixelsTest },
  };
}

/** The whole map, row-major. */
export function timeMapNs({ columnsNs, pixelsNs, rowsNs }: Omit<PixelTimes, "tests">): Float64Array {
  const width = columnsNs.length;
  return Float64Array.from(
    { length: rowsNs.length * width },
    (_, pixel) => rowsNs[Math.floor(pixel / width)]! + columnsNs[pixel % width]! + (pixelsNs[pixel] ?? 0),
  );
}

function removeMean(values: Float64Array, weights: Float64Array): void {
  const group = new Float64Array(1);
  moveMeans(values, weights, group, () => 0);
}

/** Takes each group's weighted mean off its members and adds it to the group. */
function moveMeans(
  values: Float64Array,
  weights: Float64Array,
  groups: Float64Array,
  groupOf: (index: number) => number,
): void {
  const sums = new Float64Array(groups.length);
  const totals = groupWeights(weights, groups.length, groupOf);
  for (let i = 0; i < values.length; i++) sums[groupOf(i)]! += weights[i]! * values[i]!;
  const means = sums.map((sum, g) => (totals[g]! > 0 ? sum / totals[g]! : 0));
  for (let i = 0; i < values.length; i++) values[i]! -= means[groupOf(i)]!;
  for (let g = 0; g < groups.length; g++) groups[g]! += means[g]!;
}

function groupWeights(
  weights: Float64Array,
  groups: number,
  groupOf: (index: number) => number,
): Float64Array {
  const totals = new Float64Array(groups);
  for (let i = 0; i < weights.length; i++) totals[groupOf(i)]! += weights[i]!;
  return totals;
}

function patternTest(
  values: Float64Array,
  weights: Float64Array,
  degreesOfFreedom: number,
  scatter: number,
): PatternTest {
  const freedom = Math.max(1, degreesOfFreedom);
  let squares = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    squares += weights[i]! * values[i]! * values[i]!;
    total += weights[i]!;
  }
  const f = squares / (freedom * scatter);
  const threshold = 1 + THRESHOLD_SIGMAS * Math.sqrt(2 / freedom);
  const variance = total > 0 ? squares / total : 0;
  return {
    f,
    degreesOfFreedom: freedom,
    threshold,
    isUsed: f > threshold,
    spreadNs: Math.sqrt(variance * Math.max(0, 1 - 1 / f)),
  };
}

function shrunk(values: Float64Array, { f, isUsed }: PatternTest): Float64Array {
  const share = isUsed ? 1 - 1 / f : 0;
  return values.map((value) => share * value);
}
