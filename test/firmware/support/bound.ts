// The Cramer-Rao bound of physics.md section 7, written down on its own: nothing here is shared with the firmware.

export interface BoundSetup {
  readonly delaysNs: readonly number[];
  readonly widthNs: number;
  readonly pulseNs: number;
  /** Infinity: a single pulse. */
  readonly periodNs: number;
  readonly tauNs: number;
  /** Variance of everything that is not shot noise, e-^2. */
  readonly noiseVariance: number;
}

const HALF_LIGHT_M_PER_NS = 0.299792458 / 2;

/** Integral of a single pulse's response from -infinity to t: the rectangle through one pole. */
function arrived(t: number, s: BoundSetup): number {
  if (t <= 0) return 0;
  const ramp = (x: number): number => x - s.tauNs * (1 - Math.exp(-x / s.tauNs));
  return (ramp(t) - (t > s.pulseNs ? ramp(t - s.pulseNs) : 0)) / s.pulseNs;
}

/** Share of a return at t0 that gate k collects, earlier pulses of the train included by plain summation. */
export function share(k: number, t0Ns: number, s: BoundSetup): number {
  let sum = 0;
  const pulses = s.periodNs === Infinity ? 1 : 12;
  for (let earlier = 0; earlier < pulses; earlier++) {
    const open = s.delaysNs[k]! - t0Ns + (earlier > 0 ? earlier * s.periodNs : 0);
    sum += arrived(open + s.widthNs, s) - arrived(open, s);
  }
  return sum;
}

export function shares(t0Ns: number, s: BoundSetup): number[] {
  return s.delaysNs.map((_, k) => share(k, t0Ns, s));
}

/** Inverse of a symmetric 3 x 3 matrix, element (2, 2). */
function lastVariance(m: readonly (readonly number[])[]): number {
  const [[a, b, c], [, d, e], [, , f]] = m as [number[], number[], number[]] as [
    [number, number, number],
    [number, number, number],
    [number, number, number],
  ];
  const determinant = a * (d * f - e * e) - b * (b * f - c * e) + c * (b * e - c * d);
  return (a * d - b * b) / determinant;
}

/** Bound of the range's standard deviation, m, with amplitude, background and return time unknown. */
export function rangeBoundM(amplitudeE: number, backgroundE: number, t0Ns: number, s: BoundSetup): number {
  const h = 1e-3;
  const fim = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (let k = 0; k < s.delaysNs.length; k++) {
    const f = share(k, t0Ns, s);
    const slope = (share(k, t0Ns + h, s) - share(k, t0Ns - h, s)) / (2 * h);
    const gradient = [f, 1, amplitudeE * slope];
    const variance = amplitudeE * f + backgroundE + s.noiseVariance;
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) fim[i]![j]! += (gradient[i]! * gradient[j]!) / variance;
    }
  }
  return HALF_LIGHT_M_PER_NS * Math.sqrt(lastVariance(fim));
}
