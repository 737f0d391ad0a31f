// Text of a value change dump (IEEE 1364-2001, clause 18): four-state, though only 0 and 1 occur.

import type { TraceSignal } from "../transport/transport.ts";

const FIRST_CODE = 33;
const CODES = 94;

type Kind = Pick<TraceSignal, "bits">;

/** Short name of the signal at a place of the list: "!", "\"", ... "~", "!!", ... */
export function identifier(place: number): string {
  const last = String.fromCharCode(FIRST_CODE + (place % CODES));
  return place < CODES ? last : identifier(Math.floor(place / CODES) - 1) + last;
}

export interface VcdHeader {
  readonly timescale: string;
  /** Free text, a line each. */
  readonly comments: readonly string[];
  readonly signals: readonly Pick<TraceSignal, "name" | "bits">[];
}

/** Everything before the first time. One scope, `roic`. No date: the same trace has the same bytes. */
export function headerText({ timescale, comments, signals }: VcdHeader): string {
  const lines = [
    ...comments.map((comment) => `$comment ${comment.replaceAll("$", "")} $end`),
    `$timescale ${timescale} $end`,
    "$scope module roic $end",
    ...signals.map(({ name, bits }, place) => {
      const range = bits === "real" || bits === 1 ? "" : ` [${bits - 1}:0]`;
      return `$var ${bits === "real" ? "real 64" : `wire ${bits}`} ${identifier(place)} ${name}${range} $end`;
    }),
    "$upscope $end",
    "$enddefinitions $end",
  ];
  return `${lines.join("\n")}\n`;
}

/** One value change. */
export function changeText({ bits }: Kind, id: string, value: number): string {
  if (bits === "real") return `r${value} ${id}\n`;
  return bits === 1 ? `${value}${id}\n` : `b${value.toString(2)} ${id}\n`;
}

/** Bytes of one change with a time before it, an upper bound for times up to 15 digits and voltages in nanovolts. */
export function changeBytes({ bits }: Kind, idBytes: number): number {
  const valueBytes = bits === "real" ? 14 : bits === 1 ? 2 : bits + 3;
  return "#123456789012345\n".length + valueBytes + idBytes;
}
