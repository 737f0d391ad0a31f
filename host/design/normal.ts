/** Share of a standard normal distribution below z; W. J. Cody's rational approximations would be overkill: error < 1e-7. */
export function normalShareBelow(z: number): number {
  return z < 0 ? upperTail(-z) : 1 - upperTail(z);
}

/** Abramowitz and Stegun 26.2.17. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (series * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
