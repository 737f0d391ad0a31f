import { InvalidArgumentError } from "commander";

/** An option's text as a whole number from `min` to `max`. */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`found ${quote(text)}, expected a whole number ${bounds(min, max)}`);
  };
}

/** An option's text as a number from `min` to `max`. */
export function realNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`found ${quote(text)}, expected a number ${bounds(min, max)}`);
  };
}

const METRES: ReadonlyMap<string, number> = new Map([
  ["mm", 1e-3],
  ["cm", 1e-2],
  ["m", 1],
]);

/** "5mm", "0.5 cm" or "0.005m" as metres, above 0. */
export function lengthM(text: string): number {
  const [, digits, unit = ""] = /^\s*(\d+(?:\.\d+)?)\s*(mm|cm|m)\s*$/.exec(text) ?? [];
  const metres = Number(digits) * (METRES.get(unit) ?? Number.NaN);
  if (metres > 0) return metres;
  throw new InvalidArgumentError(`found ${quote(text)}, expected a length such as 5mm`);
}

/** A half-open range of rows or columns. */
export interface IndexRange {
  readonly first: number;
  readonly end: number;
}

/** "4:8" as rows 4 to 7, "4" as row 4 alone. */
export function indexRange(text: string): IndexRange {
  const [, first, end] = /^(\d+)(?::(\d+))?$/.exec(text) ?? [];
  const range = { first: Number(first), end: Number(end ?? Number(first) + 1) };
  if (range.first < range.end && Number.isSafeInteger(range.end)) return range;
  throw new InvalidArgumentError(
    `found ${quote(text)}, expected A:B with A below B (B is not included), or one number`,
  );
}

/** "0,500" as cycles of a clock. */
export function cycleList(text: string): number[] {
  return text.split(",").map(wholeNumber(0));
}

/** "a,b" as its names. */
export function nameList(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.every((name) => name !== "")) return names;
  throw new InvalidArgumentError(`found ${quote(text)}, expected names separated by commas`);
}

function bounds(min: number, max: number): string {
  return `from ${min} to ${max}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
