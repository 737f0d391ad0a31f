import { DesignError } from "./design-error.ts";

const DEFAULT_COUNT = 10;
const MOST_RANGES = 1000;
const [NEAREST_M, FARTHEST_M] = [0.1, 1000];

/**
 * "0.5:30" as ranges at equal ratios, "0.5:30:20" as that many, "1,2,5" as they are. Metres, 0.1 to 1000.
 * @throws DesignError
 */
export function parseRanges(text: string): number[] {
  return text.includes(":") ? spread(text) : text.split(",").map((part) => rangeOf(part, text));
}

function spread(text: string): number[] {
  const parts = text.split(":");
  const [first, last, count] = parts;
  const fromM = rangeOf(first ?? "", text);
  const toM = rangeOf(last ?? "", text);
  const points = count === undefined ? DEFAULT_COUNT : Number(count);
  const isCount = Number.isInteger(points) && points >= 2 && points <= MOST_RANGES;
  if (parts.length > 3 || !(fromM < toM) || !isCount) throw wrong(text);
  const ratio = (toM / fromM) ** (1 / (points - 1));
  const round = (valueM: number) => Number(valueM.toPrecision(4));
  return Array.from({ length: points }, (_, i) => (i === points - 1 ? toM : round(fromM * ratio ** i)));
}

function rangeOf(part: string, whole: string): number {
  const valueM = part.trim() === "" ? Number.NaN : Number(part);
  if (valueM >= NEAREST_M && valueM <= FARTHEST_M) return valueM;
  throw wrong(whole);
}

function wrong(text: string): DesignError {
  return new DesignError(
    `range: found ${JSON.stringify(text)}, expected FROM:TO or FROM:TO:COUNT with FROM below TO and COUNT from 2 to ` +
      `${MOST_RANGES}, or a list such as 1,2,5; each from ${NEAREST_M} to ${FARTHEST_M} m`,
  );
}

/**
 * "0.05,0.5" as reflectances of a Lambertian surface, above 0 and up to 1.
 * @throws DesignError
 */
export function parseReflectances(text: string): number[] {
  return text.split(",").map((part) => {
    const value = part.trim() === "" ? Number.NaN : Number(part);
    if (value > 0 && value <= 1) return value;
    const found = JSON.stringify(text);
    throw new DesignError(
      `reflectance: found ${found}, expected numbers above 0 up to 1 such as 0.05,0.5,0.9`,
    );
  });
}
