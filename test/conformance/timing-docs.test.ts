import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { traceSignals } from "../../sim/trace/trace-signals.ts";

const page = readFileSync(new URL("../../docs/timing.md", import.meta.url), "utf8");

it("docs/timing.md lists every signal of a trace with its bits, and no other", () => {
  const one = { first: 0, end: 1 };
  const signals = traceSignals(1, 12, { rows: one, columns: one }).map(({ name, bits }) => {
    const documented = name.replace("_r0", "_rN").replace("_c0", "_cM");
    return `${documented} ${bits === 12 ? "ADC bits" : bits}`;
  });
  const rows = page.matchAll(/^\| `(\w+)` \| (1|2|16|32|real|ADC bits) \|/gm);
  expect([...rows].map(([, name, bits]) => `${name} ${bits}`)).toEqual(signals);
});
