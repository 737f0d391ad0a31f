/** What an anneal leaves of a film: rows of the series, and what lies between two rows. */
import type { AnnealedMaterial, AnnealStep } from "../device-profile.ts";
import { ProfileError } from "../resolve/profile-error.ts";

export interface AnnealOptions {
  /** Follow the line through the two nearest rows beyond the ends of the series. Default: refuse. */
  readonly extrapolate?: boolean;
}

export interface AnnealedValue {
  readonly value: number;
  /** How it follows from the rows, in words. */
  readonly how: string;
  readonly isExtrapolated: boolean;
}

interface Row {
  readonly annealC: number;
  readonly value: number;
}

function line(a: Row, b: Row, annealC: number): number {
  return a.value + ((b.value - a.value) * (annealC - a.annealC)) / (b.annealC - a.annealC);
}

function outside(material: string, annealC: number, what: string, low: number, high: number): ProfileError {
  const expected = `${low} to ${high} degC, where the ${what} was measured; extrapolate only on request`;
  return new ProfileError([{ file: material, path: "anneal", found: `${annealC} degC`, expected }]);
}

/**
 * A figure of an annealed film at a temperature: that of the row, or linear between the two around it. Beyond the rows that
 * have the figure it is refused unless `extrapolate`, and then `isExtrapolated` is true.
 * @throws ProfileError outside of the measured range, or where the series has fewer than two rows with the figure.
 */
export function annealedValue(
  material: AnnealedMaterial,
  annealC: number,
  what: string,
  figureOf: (step: AnnealStep) => number | undefined,
  { extrapolate = false }: AnnealOptions = {},
): AnnealedValue {
  const rows = material.anneals.flatMap((step) => {
    const value = figureOf(step);
    return value === undefined ? [] : [{ annealC: step.annealC, value }];
  });
  const same = rows.find((row) => row.annealC === annealC);
  if (same !== undefined) {
    return { value: same.value, how: `row of ${annealC} degC`, isExtrapolated: false };
  }
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined || first === last || !Number.isFinite(annealC)) {
    throw outside(material.name, annealC, what, first?.annealC ?? Number.NaN, last?.annealC ?? Number.NaN);
  }
  const isExtrapolated = annealC < first.annealC || annealC > last.annealC;
  if (isExtrapolated && !extrapolate) {
    throw outside(material.name, annealC, what, first.annealC, last.annealC);
  }
  const above = rows.findIndex((row) => row.annealC > annealC);
  const upper = above < 0 ? rows.length - 1 : Math.max(above, 1);
  const [a, b] = [rows[upper - 1] ?? first, rows[upper] ?? last];
  const word = isExtrapolated ? "extrapolated" : "interpolated";
  const how = `${word} from the rows of ${a.annealC} and ${b.annealC} degC`;
  return { value: line(a, b, annealC), how, isExtrapolated };
}
