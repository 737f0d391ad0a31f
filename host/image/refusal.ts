import { REFUSAL_TABLE } from "../../hw-profiles/interface/refusal-table.ts";

/** Why an image is not accepted: REFUSED_*, what was found, what was expected, what to do. */
export interface Refusal {
  readonly code: number;
  readonly name: string;
  readonly found: string;
  readonly expected: string;
  readonly nextStep: string;
}

/** The refusal with its name and next step from the contract, unless a better one is known. */
export function refusal(code: number, found: string, expected: string, nextStep?: string): Refusal {
  const entry = REFUSAL_TABLE.find((found) => found.code === code);
  if (entry === undefined) throw new RangeError(`found refusal ${code}, expected one of the contract`);
  return { code, name: entry.name, found, expected, nextStep: nextStep ?? asClause(entry.nextStep) };
}

/** A sentence of the documents as the last part of a message. */
function asClause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, "");
}

export function refusalText({ expected, found, name, nextStep }: Refusal): string {
  return `${name}: found ${found}, expected ${expected}; ${nextStep}`;
}
