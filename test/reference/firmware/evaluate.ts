import type { PixelSamples } from "./correct.ts";
import type { ReferenceParameters } from "./parameters.ts";
import type { Tables } from "./tables.ts";

const fround = Math.fround;
const LANES = 4;

/** Weighted sums of the normal equations; f share, g slope, r residual. */
export interface Sums {
  readonly ff: number;
  readonly f: number;
  readonly fg: number;
  readonly one: number;
  readonly g: number;
  readonly gg: number;
  readonly fr: number;
  readonly r: number;
  readonly gr: number;
  readonly rr: number;
}

/** f32 value of the cubic Hermite form: left + rise * step + (slope0 * bend0 + slope1 * bend1). */
function hermite(fraction: number): readonly [number[], number[]] {
  const u2 = fround(fraction * fraction);
  const u3 = fround(u2 * fraction);
  const two = (x: number): number => fround(2 * x);
  const three = (x: number): number => fround(3 * x);
  const values = [fround(three(u2) - two(u3)), fround(fround(u3 - two(u2)) + fraction), fround(u3 - u2)];
  const slopes = [
    fround(6 * fround(fraction - u2)),
    fround(fround(three(u2) - fround(4 * fraction)) + 1),
    fround(three(u2) - two(fraction)),
  ];
  return [values, slopes];
}

function noiseVariance(p: ReferenceParameters): number {
  return fround(
    p.resetNoiseE * p.resetNoiseE + p.readNoiseE * p.readNoiseE + (p.gainEPerDn * p.gainEPerDn) / 12,
  );
}

/** Lane sums in f32 as SIMD adds them: lane k mod 4, then (0 + 1) + (2 + 3). */
class LaneSum {
  readonly #lanes = [0, 0, 0, 0];

  add(gate: number, value: number): void {
    this.#lanes[gate % LANES] = fround(this.#lanes[gate % LANES]! + value);
  }

  total(): number {
    const [a, b, c, d] = this.#lanes as [number, number, number, number];
    return fround(fround(a + b) + fround(c + d));
  }
}

/** Sums of one evaluation of mu = A f + B at `position` node steps, in f32. */
export function evaluate(
  p: ReferenceParameters,
  tables: Tables,
  pixel: PixelSamples,
  position: number,
  amplitudeE: number,
  backgroundE: number,
): Sums {
  const index = Math.min(Math.floor(position), tables.nodes.length - 2);
  const [value, slope] = hermite(fround(position - index));
  const left = tables.nodes[index]!;
  const right = tables.nodes[index + 1]!;
  const noise = noiseVariance(p);
  const sums = Array.from({ length: 10 }, () => new LaneSum());
  pixel.electrons.forEach((y, k) => {
    if (y === undefined) return;
    const f0 = left.shares[k]!;
    const rise = fround(right.shares[k]! - f0);
    const form = ([step, bend0, bend1]: readonly number[]): readonly [number, number] => [
      fround(rise * step!),
      fround(fround(left.slopes[k]! * bend0!) + fround(right.slopes[k]! * bend1!)),
    ];
    const [rising, bending] = form(value);
    const f = fround(fround(f0 + rising) + bending);
    const [steep, curved] = form(slope);
    const g = fround(steep + curved);
    const mu = fround(fround(f * amplitudeE) + backgroundE);
    const r = fround(y - mu);
    const w = fround(1 / fround(Math.max(mu, 0) + noise));
    const wf = fround(w * f);
    const wg = fround(w * g);
    const wr = fround(w * r);
    [wf * f, wf, wf * g, w, wg, wg * g, wr * f, wr, wr * g, wr * r].forEach((term, i) => {
      sums[i]!.add(k, fround(term));
    });
  });
  const [ff, f, fg, one, g, gg, fr, r, gr, rr] = sums.map((sum) => sum.total()) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { ff, f, fg, one, g, gg, fr, r, gr, rr };
}
