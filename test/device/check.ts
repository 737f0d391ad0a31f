import type { Bench } from "./bench.ts";

/** A named test of a device, whatever carries its reports. */
export interface Check {
  readonly name: string;
  /** @throws Error: failed. @throws Skipped: this bench cannot do it. */
  readonly run: (bench: Bench) => Promise<void>;
}

/** What a check throws that cannot run on a bench; the message says what is missing. */
export class Skipped extends Error {
  override readonly name = "Skipped";
}

/** @throws Skipped when the bench has no such thing. */
export function needed<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new Skipped(`needs ${what}`);
  return thing;
}

/** @throws Error unless both are the same; `what` names the thing in the message. */
export function same(what: string, found: unknown, expected: unknown): void {
  if (found === expected) return;
  throw new Error(`${what}: found ${String(found)}, expected ${String(expected)}`);
}

/** @throws Error with this text unless `holds`. */
export function must(holds: boolean, text: string): asserts holds {
  if (!holds) throw new Error(text);
}
