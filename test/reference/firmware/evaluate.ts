import type { PixelSamples } from "./correct.ts";
import type { ReferenceParameters } from "./parameters.ts";
import type { GateShares } from "./response.ts";

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

export function noiseVariance(p: ReferenceParameters): number {
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

/** Sums of one comparison of mu = A f + B with a pixel's electrons, in f32. */
export function evaluate(
  p: ReferenceParameters,
  response: GateShares,
  pixel: PixelSamples,
  amplitudeE: number,
  backgroundE: number,
): Sums {
  const noise = noiseVariance(p);
  const sums = Array.from({ length: 10 }, () => new LaneSum());
  pixel.electrons.forEach((y, k) => {
    if (y === undefined) return;
    const f = response.shares[k]!;
    const g = response.slopes[k]!;
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
