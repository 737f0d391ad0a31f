/**
 * What the papers print, typed from the papers' tables and not taken from the documents. A figure is one line:
 *   quantity value[..value] unit [reading] [@wavelength nm] [bias V] [gate g V] [temperature K] [frequency Hz] [+-uncertainty] [#condition]
 * with the readings ~ (about), < (below), <= (at most), > (above) before the value; ".." is a range.
 */
export interface Transcription {
  readonly figures: readonly string[];
  /** Inputs of the document that it cites, "value unit" separated by commas. Each cited value must be one of them. */
  readonly inputs: string;
}

export type Transcriptions = Readonly<Record<string, Transcription>>;

/** A figure as both sides are compared: without source and flag. */
export interface Figure {
  readonly quantity: string;
  readonly values: readonly number[];
  readonly unit: string;
  readonly reading: string;
  readonly [condition: string]: unknown;
}

const READINGS: readonly (readonly [sign: string, reading: string])[] = [
  ["~", "about"],
  ["<=", "at-most"],
  ["<", "below"],
  [">", "above"],
];

const CONDITIONS: readonly (readonly [pattern: RegExp, key: string])[] = [
  [/^@(.+)nm$/, "wavelengthNm"],
  [/^g(.+)V$/, "gateV"],
  [/^(.+)Hz$/, "frequencyHz"],
  [/^(.+)K$/, "temperatureK"],
  [/^(.+)V$/, "biasV"],
  [/^\+-(.+)$/, "uncertainty"],
];

function condition(word: string): readonly [string, number | string] {
  if (word.startsWith("#")) return ["condition", word.slice(1)];
  for (const [pattern, key] of CONDITIONS) {
    const number = pattern.exec(word)?.[1];
    if (number !== undefined) return [key, Number(number)];
  }
  throw new Error(`found "${word}" in a transcription, expected a condition`);
}

export function parseFigure(line: string): Figure {
  const [quantity = "", printed = "", unit = "", ...words] = line.split(/\s+/);
  const sign = READINGS.find(([start]) => printed.startsWith(start));
  const values = printed
    .slice(sign?.[0].length ?? 0)
    .split("..")
    .map(Number);
  const reading = sign?.[1] ?? (values.length > 1 ? "range" : "exact");
  return { quantity, values, unit, reading, ...Object.fromEntries(words.map(condition)) };
}
