import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { TracedSignal } from "../../sim/trace/pixel-signals.ts";
import { imagingTraceSignals, lidarTraceSignals } from "../../sim/trace/trace-signals.ts";

const page = readFileSync(new URL("../../docs/timing.md", import.meta.url), "utf8");

/** Name and bits of every signal in the table under a heading. */
function documented(heading: string): string[] {
  const section = page.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  const rows = section.matchAll(/^\| `(\w+)` \| (1|2|16|32|real|ADC bits) \|/gm);
  return [...rows].map(([, name, bits]) => `${name} ${bits}`);
}

function traced(signals: readonly TracedSignal[]): string[] {
  return signals.map(({ name, bits }) => {
    const general = name.replace("_r0", "_rN").replace("_c0", "_cM");
    return `${general} ${bits === 12 ? "ADC bits" : bits}`;
  });
}

const pixel = { rows: { first: 0, end: 1 }, columns: { first: 0, end: 1 } };

it("docs/timing.md lists every signal of a LiDAR trace with its bits, and no other", () => {
  expect(documented("Signals of LiDAR mode")).toEqual(traced(lidarTraceSignals(1, 12, pixel)));
});

it("docs/timing.md lists every signal of an imaging trace with its bits, and no other", () => {
  expect(documented("Signals of the imaging modes")).toEqual(traced(imagingTraceSignals(1, 12, pixel)));
});
