import { DesignError } from "./design-error.ts";

/**
 * Illuminance that stands for full sun, ASTM G173 global tilt: a round number by definition (the spectrum itself makes
 * some 110 klx). It speaks of sunlight only: a lamp of the same illuminance may hold no infrared at all.
 */
export const FULL_SUN_KLX = 100;
const MOST_SUNS = 10;

/** Suns in one of each unit. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["sun", 1],
  ["suns", 1],
  ["klx", 1 / FULL_SUN_KLX],
  ["lx", 1e-3 / FULL_SUN_KLX],
]);

/**
 * "0", "10klx", "500lx", "0.5sun" as suns, 1 = ASTM G173 global tilt. A bare number counts suns, as everywhere else.
 * @throws DesignError
 */
export function parseSuns(text: string): number {
  const [, digits, unit] = /^([\d.]+(?:e[+-]?\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = UNITS.get((unit ?? "?").toLowerCase());
  const suns = factor === undefined ? Number.NaN : Number(digits) * factor;
  if (suns >= 0 && suns <= MOST_SUNS) return suns;
  const most = `${MOST_SUNS} suns (${MOST_SUNS * FULL_SUN_KLX} klx)`;
  throw new DesignError(
    `ambient: found ${JSON.stringify(text)}, expected sunlight such as 0, 10klx, 500lx or 0.5sun, at most ${most}`,
  );
}

/** "0", "10 klx", "800 lx". */
export function formatSuns(suns: number): string {
  const klx = suns * FULL_SUN_KLX;
  if (klx === 0) return "0";
  return klx < 1 ? `${Number((klx * 1000).toPrecision(4))} lx` : `${Number(klx.toPrecision(4))} klx`;
}
