/** A seeded number from `low` to `high` - 1: one step of a 32-bit mixer (Chris Wellons' lowbias32). */
export function seededBetween(seed: number, low: number, high: number): number {
  let x = seed >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return low + (((x ^ (x >>> 16)) >>> 0) % (high - low));
}
