/** Power of a record at frequencies of equal steps. */
export interface Spectrum {
  readonly firstHz: number;
  readonly stepHz: number;
  /** Relative units: squared magnitude of the windowed transform. */
  readonly power: Float64Array;
}

/** `values` under a Hann window, at every `stepHz` from `fromHz` up to `toHz`. */
export function spectrum(
  values: Float64Array,
  sampleRateHz: number,
  range: { readonly fromHz: number; readonly toHz: number; readonly stepHz: number },
): Spectrum {
  const { fromHz, stepHz, toHz } = range;
  const count = Math.max(0, Math.floor((toHz - fromHz) / stepHz + 1e-9) + 1);
  const windowed = values.map((value, i) => value * hann(i, values.length));
  const power = new Float64Array(count);
  for (let k = 0; k < count; k++) power[k] = powerAt(windowed, (fromHz + k * stepHz) / sampleRateHz);
  return { firstHz: fromHz, stepHz, power };
}

function hann(i: number, count: number): number {
  return 0.5 * (1 - Math.cos((2 * Math.PI * (i + 0.5)) / count));
}

/** Squared magnitude of the Fourier sum at `cycles` per sample (Goertzel's recurrence). */
function powerAt(values: Float64Array, cycles: number): number {
  const factor = 2 * Math.cos(2 * Math.PI * cycles);
  let [s1, s2] = [0, 0];
  for (let i = 0; i < values.length; i++) [s1, s2] = [values[i]! + factor * s1 - s2, s1];
  return s1 * s1 + s2 * s2 - factor * s1 * s2;
}

/**
 * Frequency and power of the highest peak inside of the spectrum, by a parabola through the logarithms of its three
 * points; undefined when the power only falls or only rises: then the highest is no peak.
 */
export function highestPeak({ firstHz, power, stepHz }: Spectrum): { hz: number; power: number } | undefined {
  let best = -1;
  for (let k = 1; k + 1 < power.length; k++) {
    const isPeak = power[k]! >= power[k - 1]! && power[k]! > power[k + 1]!;
    if (isPeak && (best < 0 || power[k]! > power[best]!)) best = k;
  }
  if (best < 0) return undefined;
  return { hz: firstHz + (best + vertex(power, best)) * stepHz, power: power[best]! };
}

/** Offset of the parabola's vertex from the middle point, -1/2..1/2. */
function vertex(power: Float64Array, k: number): number {
  const [low, middle, high] = [power[k - 1]!, power[k]!, power[k + 1]!].map(Math.log) as [
    number,
    number,
    number,
  ];
  const bend = low - 2 * middle + high;
  return Number.isFinite(bend) && bend < 0 ? (0.5 * (low - high)) / bend : 0;
}
