import { DesignError } from "../design-error.ts";

/** One value of one thing: "detector=inas-me", "pixel.readNoise=8". */
export interface Setting {
  readonly key: string;
  readonly text: string;
}

/** More than anybody reads. */
const MOST_DESIGNS = 64;

/**
 * "KEY=VALUE" or "KEY=VALUE,VALUE": every combination of the values, the last key fastest; one empty combination for no text.
 * @throws DesignError
 */
export function combineSettings(texts: readonly string[]): Setting[][] {
  const choices = texts.map(parseChoice);
  const twice = choices.find(({ key }, i) => choices.findIndex((other) => other.key === key) < i);
  if (twice !== undefined) {
    throw new DesignError(
      `set: found ${twice.key} twice, expected it once; several values stand in one: ${twice.key}=A,B`,
    );
  }
  const count = choices.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_DESIGNS) {
    throw new DesignError(
      `set: found ${count} combinations of values, expected at most ${MOST_DESIGNS}; give fewer values`,
    );
  }
  return choices.reduce<Setting[][]>(
    (designs, { key, values }) =>
      designs.flatMap((design) => values.map((text) => [...design, { key, text }])),
    [[]],
  );
}

function parseChoice(text: string): { readonly key: string; readonly values: readonly string[] } {
  const equals = text.indexOf("=");
  const key = text.slice(0, equals).trim();
  const values = text
    .slice(equals + 1)
    .split(",")
    .map((value) => value.trim());
  if (equals > 0 && key !== "" && values.every((value) => value !== "")) return { key, values };
  throw new DesignError(
    `set: found ${JSON.stringify(text)}, expected KEY=VALUE or KEY=VALUE,VALUE such as detector=pbs-reference`,
  );
}

/** What tells one combination from the others: the settings that differ among them, all of them for one alone. */
export function labelsOf(designs: readonly (readonly Setting[])[], unchanged: string): string[] {
  const differs = (index: number) => new Set(designs.map((design) => design[index]?.text)).size > 1;
  return designs.map((design) => {
    const told = designs.length > 1 ? design.filter((_, index) => differs(index)) : design;
    return told.map(({ key, text }) => `${key}=${text}`).join(" ") || unchanged;
  });
}
