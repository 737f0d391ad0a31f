import { CENTRE, type EdgeLines, edgeLines, LEVELS, NEIGHBOURS } from "./edge-lines.ts";
import type { Neighbourhood } from "./neighbourhood.ts";

/** A range costs no more than this, in variances: a third surface may be there. */
const WORST = 12;
/** Lines that fit so much worse than the best add nothing. */
const NEGLIGIBLE = 40;

/** What straight edges say about a pixel. */
export interface EdgeEvidence {
  /** Probability that the edge cuts the pixel, 0..1. */
  cutProbability: number;
  /** Share of the signal from the near surface if it does, 0..1. */
  nearFraction: number;
  /** Misfit of the best line, in variances. */
  misfit: number;
}

/**
 * Weighs all straight edges between two surfaces through a neighbourhood by how well they explain its ranges. A pixel of
 * which the near surface covers the share c sends c B / (c B + 1 - c) of its signal from there, B: brightness over that of the
 * far surface; its range is the mean of the two weighted so, as two returns that the waveform does not separate give.
 */
export class EdgeFit {
  readonly #lines: EdgeLines = edgeLines();
  readonly #misfits = new Float64Array(this.#lines.count);
  /** Misfit of each pixel for each coverage. */
  readonly #table = new Float64Array(NEIGHBOURS * (LEVELS + 1));
  readonly #evidence: EdgeEvidence = { cutProbability: 0, nearFraction: 0, misfit: 0 };

  /** The result is overwritten by the next call. */
  fit(pixels: Neighbourhood, brightness: number): Readonly<EdgeEvidence> {
    this.#tabulate(pixels, brightness);
    const best = this.#misfitAll();
    const { count, coverage, weight } = this.#lines;
    let [all, cut, share] = [0, 0, 0];
    for (let line = 0; line < count; line++) {
      const above = this.#misfits[line]! - best;
      if (above > NEGLIGIBLE) continue;
      const likelihood = weight[line]! * Math.exp(-above / 2);
      const covered = coverage[line * NEIGHBOURS + CENTRE]!;
      all += likelihood;
      if (covered === 0 || covered === LEVELS) continue;
      cut += likelihood;
      share += likelihood * signalShare(covered / LEVELS, brightness);
    }
    this.#evidence.cutProbability = cut / all;
    this.#evidence.nearFraction = cut > 0 ? share / cut : 0;
    this.#evidence.misfit = best;
    return this.#evidence;
  }

  #tabulate(pixels: Neighbourhood, brightness: number): void {
    for (let level = 0; level <= LEVELS; level++) {
      const share = signalShare(level / LEVELS, brightness);
      for (let i = 0; i < NEIGHBOURS; i++) {
        const off = pixels.rangeM[i]! - share * pixels.nearM[i]! - (1 - share) * pixels.farM[i]!;
        const misfit = pixels.isUsed[i] === 1 ? (off * off) / pixels.varianceM2[i]! : 0;
        this.#table[i * (LEVELS + 1) + level] = Math.min(WORST, misfit);
      }
    }
  }

  /** @returns the least misfit. */
  #misfitAll(): number {
    const { count, coverage } = this.#lines;
    let best = Infinity;
    for (let line = 0; line < count; line++) {
      let misfit = 0;
      for (let i = 0; i < NEIGHBOURS; i++)
        misfit += this.#table[i * (LEVELS + 1) + coverage[line * NEIGHBOURS + i]!]!;
      this.#misfits[line] = misfit;
      if (misfit < best) best = misfit;
    }
    return best;
  }
}

function signalShare(coverage: number, brightness: number): number {
  return (coverage * brightness) / (coverage * brightness + 1 - coverage);
}
