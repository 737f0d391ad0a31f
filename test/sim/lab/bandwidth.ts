/** Frequency at which a falling transfer reaches 1 / sqrt(2) of its value at 1 Hz, by bisection in log frequency. */
export function bandwidth3dB(transfer: (hz: number) => number): number {
  const limit = transfer(1) / Math.SQRT2;
  let low = 1;
  let high = 1e12;
  for (let step = 0; step < 80; step++) {
    const middle = Math.sqrt(low * high);
    if (transfer(middle) > limit) low = middle;
    else high = middle;
  }
  return low;
}
