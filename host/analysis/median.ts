/** Middle value; mean of the two middle ones for an even count. NaN for no values. */
export function median(values: ArrayLike<number>): number {
  const scratch = new Float64Array(values);
  if (scratch.length === 0) return Number.NaN;
  const middle = scratch.length >> 1;
  select(scratch, middle);
  const upper = scratch[middle]!;
  if (scratch.length % 2 === 1) return upper;
  let lower = scratch[0]!;
  for (let i = 1; i < middle; i++) lower = Math.max(lower, scratch[i]!);
  return (upper + lower) / 2;
}

/** Quickselect (Hoare): afterwards values[k] is the k-th smallest, with smaller ones before and larger ones after it. */
function select(values: Float64Array, k: number): void {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return;
  }
}
