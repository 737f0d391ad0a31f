import { nearestName } from "../../../hw-profiles/resolve/nearest-name.ts";
import {
  FAULT_KINDS,
  FAULT_PIPES,
  type FaultKind,
  type FaultPipe,
  type FaultPlace,
  type FaultRule,
  type FaultSpec,
  FaultSpecError,
} from "./fault-spec.ts";

const EXAMPLE = "drop@120, corrupt:1e-3, delay@40=20ms or set.fail@3";
const DEFAULT_SEED = 1;
const LARGEST_SEED = 0xffff_ffff;
/** Longest pause: what a timer of the host can count. */
const LONGEST_MS = 86_400_000;

/** Kinds that mean nothing elsewhere. */
const ONLY_ON: Readonly<Partial<Record<FaultKind, readonly FaultPipe[]>>> = {
  fail: ["out", "set", "get"],
  stale: ["get"],
  duplicate: ["in", "out", "set"],
  reorder: ["in", "out", "set"],
};

const MS_OF_UNIT: ReadonlyMap<string, number> = new Map([
  ["us", 1e-3],
  ["ms", 1],
  ["s", 1000],
]);

/**
 * Faults as text: items `[in.|out.|set.|get.]KIND@N[xCOUNT][=VALUE]` or `…KIND:RATE[=VALUE]`, and `seed=N`, separated by
 * commas. N counts from 0, RATE is a probability. Without a prefix: input reports.
 * @throws FaultSpecError
 */
export function parseFaults(text: string): FaultSpec {
  const items = text.split(",").map((item) => item.trim());
  const seeds = items.filter(isSeed);
  if (seeds.length > 1) throw wrong(seeds.join(","), "one seed");
  const rules = items.filter((item) => !isSeed(item)).map(parseRule);
  return { seed: seeds[0] === undefined ? DEFAULT_SEED : parseSeed(seeds[0]), rules };
}

function isSeed(item: string): boolean {
  return item.startsWith("seed=");
}

function parseSeed(item: string): number {
  return wholeNumber(item, item.slice("seed=".length), 0, LARGEST_SEED);
}

function parseRule(item: string): FaultRule {
  const match = /^(?:([a-z]+)\.)?([a-z]+)([@:])([^=]*)(?:=(.*))?$/.exec(item);
  if (match === null) throw wrong(item, `KIND@N or KIND:RATE, such as ${EXAMPLE}`);
  const [, pipeText = "in", kindText = "", sign, placeText = "", valueText] = match;
  const pipe = oneOf(item, pipeText, FAULT_PIPES);
  const kind = oneOf(item, kindText, FAULT_KINDS);
  const possible = ONLY_ON[kind];
  if (possible !== undefined && !possible.includes(pipe)) {
    const forms = possible.map((name) => (name === "in" ? kind : `${name}.${kind}`));
    throw wrong(item, `${forms.join(" or ")}: ${kind} has no meaning for ${meaning(pipe)}`);
  }
  const place = sign === "@" ? parseRun(item, placeText) : { rate: parseRate(item, placeText) };
  return { text: item, pipe, kind, place, value: parseValue(item, kind, valueText) };
}

function meaning(pipe: FaultPipe): string {
  return pipe === "in" ? "input reports (no prefix)" : `${pipe}.`;
}

function parseRun(item: string, text: string): FaultPlace {
  const [, first = "", count = "1"] = /^(\d+)(?:x(\d+))?$/.exec(text) ?? [];
  return {
    first: wholeNumber(item, first, 0, Number.MAX_SAFE_INTEGER),
    count: wholeNumber(item, count, 1, Number.MAX_SAFE_INTEGER),
  };
}

function parseRate(item: string, text: string): number {
  const rate = /^[\d.]+(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (rate > 0 && rate <= 1) return rate;
  throw wrong(item, "a probability above 0, at most 1, after the colon, such as 1e-3");
}

function parseValue(item: string, kind: FaultKind, text: string | undefined): number | undefined {
  if (kind === "delay" || kind === "stall") {
    if (text !== undefined) return parseMs(item, text);
    if (kind === "stall") return undefined;
    throw wrong(item, `how long, such as ${item}=20ms`);
  }
  if (text === undefined) return undefined;
  if (kind === "truncate" || kind === "corrupt") return wholeNumber(item, text, 0, Number.MAX_SAFE_INTEGER);
  throw wrong(item, `nothing after ${kind}@N or ${kind}:RATE`);
}

function parseMs(item: string, text: string): number {
  const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?)\s*(us|ms|s)$/.exec(text) ?? [];
  const ms = digits === "" ? Number.NaN : Number(digits) * (MS_OF_UNIT.get(unit) ?? Number.NaN);
  if (ms >= 0 && ms <= LONGEST_MS) return ms;
  throw wrong(item, "a time in us, ms or s, at most a day, such as 20ms");
}

function wholeNumber(item: string, text: string, min: number, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw wrong(item, `a whole number from ${min} to ${max} where "${text}" stands`);
}

function oneOf<Name extends string>(item: string, text: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  const near = nearestName(text, names);
  throw wrong(item, `one of ${names.join(", ")} for "${text}"${near ? `; did you mean ${near}?` : ""}`);
}

function wrong(item: string, expected: string): FaultSpecError {
  return new FaultSpecError(`faults: found "${item}", expected ${expected}`);
}
