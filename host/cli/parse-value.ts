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

function bounds(min: number, max: number): string {
  return `from ${min} to ${max}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
