/** A second-order section: y0 = b0 x0 + b1 x1 + b2 x2 - a1 y1 - a2 y2. */
interface Section {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** Butterworth, second order, by the bilinear transform with the corner where it belongs. */
function butterworth(kind: "low" | "high", cornerHz: number, sampleRateHz: number): Section {
  const k = Math.tan((Math.PI * cornerHz) / sampleRateHz);
  const norm = 1 / (1 + Math.SQRT2 * k + k * k);
  const gain = kind === "low" ? k * k * norm : norm;
  return {
    b: [gain, kind === "low" ? 2 * gain : -2 * gain, gain],
    a: [2 * (k * k - 1) * norm, (1 - Math.SQRT2 * k + k * k) * norm],
  };
}

function run({ a, b }: Section, values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    const y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
    [x1, x2, y1, y2] = [x, x1, y, y1];
    out[i] = y;
  }
  return out;
}

/** Point reflection of both ends by `pad` samples, so that the filter has settled where the record starts. */
function extend(values: Float64Array, pad: number): Float64Array {
  const last = values.length - 1;
  return Float64Array.from({ length: values.length + 2 * pad }, (_, i) => {
    const at = i - pad;
    if (at < 0) return 2 * values[0]! - values[-at]!;
    return at > last ? 2 * values[last]! - values[2 * last - at]! : values[at]!;
  });
}

/**
 * Frequencies from `lowHz` to `highHz` of a record: second-order Butterworth both ways, forward and backward, so that
 * nothing moves in time. `highHz` at or above half the sample rate leaves the upper side open. At least two samples.
 */
export function bandPass(
  values: Float64Array,
  sampleRateHz: number,
  lowHz: number,
  highHz: number,
): Float64Array {
  const sections = [butterworth("high", lowHz, sampleRateHz)];
  if (highHz < sampleRateHz / 2) sections.push(butterworth("low", highHz, sampleRateHz));
  const pad = Math.min(values.length - 1, Math.ceil(sampleRateHz / lowHz));
  let filtered = extend(values, pad);
  for (let pass = 0; pass < 2; pass++) {
    for (const section of sections) filtered = run(section, filtered);
    filtered.reverse();
  }
  return filtered.slice(pad, pad + values.length);
}
