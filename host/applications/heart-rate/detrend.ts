/**
 * `values` less the parabola that fits them best (least squares), by polynomials that are orthogonal on equal steps.
 * What is slower than the record is no part of the pulse.
 */
export function detrend(values: ArrayLike<number>): Float64Array {
  const left = Float64Array.from(values);
  for (const base of orthogonalBases(left.length)) {
    let product = 0;
    let norm = 0;
    for (let i = 0; i < left.length; i++) {
      product += left[i]! * base[i]!;
      norm += base[i]! * base[i]!;
    }
    if (norm === 0) continue;
    for (let i = 0; i < left.length; i++) left[i] = left[i]! - (product / norm) * base[i]!;
  }
  return left;
}

/** 1, t, t^2 - mean(t^2) with t from -1 to 1. */
function orthogonalBases(count: number): Float64Array[] {
  const place = Float64Array.from({ length: count }, (_, i) => (count > 1 ? (2 * i) / (count - 1) - 1 : 0));
  const meanSquare = place.reduce((sum, t) => sum + t * t, 0) / Math.max(1, count);
  return [new Float64Array(count).fill(1), place, place.map((t) => t * t - meanSquare)];
}
