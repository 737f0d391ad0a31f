import { z } from "zod";

/** Where a value comes from: a key of docs/profiles.md, or "assumed: why", or "derived: how". */
export const SOURCE_KEYS = ["choi2021", "meng2024", "zhang2023", "chen2023", "enomoto2024"] as const;

const sourcePattern = new RegExp(`^(?:(?:${SOURCE_KEYS.join("|")}) \\S|(?:assumed|derived): \\S)`);

/** What a source string must look like, for messages. */
export const SOURCE_EXPECTED = `"<${SOURCE_KEYS.join("|")}> <place>", "assumed: <why>" or "derived: <how>"`;

/** A figure that a paper prints can have no other source than a paper. */
const paperPattern = new RegExp(`^(?:${SOURCE_KEYS.join("|")}) \\S`);

/** Where a value comes from. */
export const source = z.string().regex(sourcePattern).describe(SOURCE_EXPECTED);

export interface Range {
  readonly min: number;
  readonly max: number;
  /** Default false. */
  readonly integer?: boolean;
}

function numberIn(range: Range) {
  const base = range.integer === true ? z.int() : z.number();
  return base.min(range.min).max(range.max);
}

/** One number with its unit and source. */
export function quantity(unit: string, range: Range, doc: string) {
  return z.strictObject({ value: numberIn(range), unit: z.literal(unit), source }).describe(doc);
}

/** One number in one of several units, with its source. */
export function quantityIn<const Unit extends string>(units: readonly Unit[], range: Range, doc: string) {
  return z.strictObject({ value: numberIn(range), unit: z.enum(units), source }).describe(doc);
}

/** One number with the paper's own half width, where it states one. */
export function measured(unit: string, range: Range, doc: string) {
  const uncertainty = z
    .number()
    .min(0)
    .max(range.max - range.min)
    .describe("Half width that the paper states.");
  const shape = { value: numberIn(range), unit: z.literal(unit), source };
  return z.strictObject({ ...shape, uncertainty: uncertainty.exactOptional() }).describe(doc);
}

/** A list of numbers of one unit and source. */
export function quantityList(unit: string, range: Range, doc: string) {
  const value = z.array(numberIn(range)).min(1);
  return z.strictObject({ value, unit: z.literal(unit), source }).describe(doc);
}

/** One of several words, with its source. */
export function choice<const Word extends string>(words: readonly Word[], doc: string) {
  return z.strictObject({ value: z.enum(words), source }).describe(doc);
}

/** Yes or no, with its source. */
export function flag(doc: string) {
  return z.strictObject({ value: z.boolean(), source }).describe(doc);
}

/** Place of a printed figure. */
export const paperSource = z
  .string()
  .regex(paperPattern)
  .describe(`"<${SOURCE_KEYS.join("|")}> <place>"`);

/** Name of a document: lower case words joined by "-", as in its file name. */
export const documentName = z.string().regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/);
