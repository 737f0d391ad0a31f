/** Slow reference of sim/kernels/imaging/collect-shot.ts and what it needs, one pixel at a time; f32 by Math.fround. */
import { exp } from "../../../sim/math/elementary.ts";
import { LOG2_E as LOG2_E_F64 } from "../../../sim/math/exp-constants.ts";
import { normalFromWord } from "../../../sim/random/normal.ts";

const f = Math.fround;
const LOW_MEAN_E = 20;
const TINY = f(1e-20);
const TAYLOR = [1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2].map(f);
const LN2_HIGH = f(0.693359375);
const LN2_LOW = f(-2.1219444005469057e-4);
const LOG2_E = f(LOG2_E_F64);

/** Rounds halves to the even neighbour, as f32x4.nearest does. */
function nearestEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return Math.floor(x + 0.5);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** 1 - exp(-x) in f32 operations. */
export function oneMinusExpReference(x: number): number {
  const y = -Math.min(x, 80);
  const n = nearestEven(f(y * LOG2_E));
  const r = f(f(y - f(n * LN2_HIGH)) - f(n * LN2_LOW));
  const tail = TAYLOR.reduce((sum, coefficient) => f(f(sum * r) + coefficient), 0);
  const p = f(r + f(f(r * r) * tail));
  const power = 2 ** n;
  return f(f(1 - power) - f(power * p));
}

/** Smallest count whose cumulative Poisson probability reaches (word + 0.5) / 2^32. */
export function poissonReference(mean: number, word: number): number {
  const uniform = (word + 0.5) * 2 ** -32;
  let probability = exp(-mean);
  let cumulative = probability;
  let count = 0;
  while (uniform > cumulative && count < 127) {
    count += 1;
    probability *= mean * (1 / count);
    cumulative += probability;
  }
  return count;
}

function skewedNormal(mean: number, filled: number, word: number): number {
  const variance = f(mean - f(mean * filled));
  const c = f(f(1 / 6) - f(filled * f(1 / 3)));
  const s = f(Math.sqrt(Math.max(f(variance - f(f(c + c) * c)), 0)));
  const z = normalFromWord(word);
  return f(f(mean - c) + f(z * f(s + f(c * z))));
}

export interface IntervalSwitches {
  readonly shotNoise: boolean;
  readonly biasDependence: boolean;
}

/** Electrons between two reads. `times`: the read's four floats of the read table. */
export function generateReference(
  rates: { readonly light: number; readonly dark: number },
  q: number,
  times: Float32Array,
  word: number,
  switches: IntervalSwitches,
): number {
  const [lightS, darkS, lightX, darkX] = times;
  let mean = f(f(rates.light * lightS!) + f(rates.dark * darkS!));
  let filled = 0;
  if (switches.biasDependence) {
    const x = f(f(f(rates.light * lightX!) + f(rates.dark * darkX!)) + TINY);
    filled = oneMinusExpReference(x);
    mean = Math.max(f(f(mean - f(x * q)) * f(filled / x)), 0);
  }
  if (!switches.shotNoise) return mean;
  return mean < LOW_MEAN_E ? poissonReference(mean, word) : skewedNormal(mean, filled, word);
}
