import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { moduleBytes } from "../firmware/support/test-board.ts";
import { cortexM7Page, overLimit } from "../tools/cortex-m7/page.ts";
import { type BootCosts, bootCosts } from "./boot/costs.ts";
import { boardTools } from "./support/board-tools.ts";
import { buildElf } from "./support/elf.ts";
import { runElf } from "./support/emulator.ts";
import { countStages, INSTRUCTIONS_PER_TICK, type StageCount } from "./support/stage-counts.ts";
import { Transcript } from "./support/transcript.ts";

/** Rise of a number over the committed one that is let pass. */
const RISE = 1.02;

function text(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}

const boot = JSON.parse(text("test/boards/boot-costs.json")) as BootCosts;
const committed = JSON.parse(text("test/boards/instruction-counts.json")) as readonly StageCount[];

describe("committed instruction counts", () => {
  it("keep the limits of the design", () => {
    expect(overLimit(committed)).toEqual([]);
  });

  it("are those of the page", () => {
    expect(text("docs/cortex-m7.md")).toBe(cortexM7Page(committed, boot));
  });
});

describe.skipIf(!boardTools())("instructions on the emulated Cortex-M7", () => {
  it("are counted exactly: two a turn of a loop of two", () => {
    const wasm = moduleBytes("readout-scalar.wasm");
    const transcript = new Transcript(wasm);
    const turns = [1000, 100_000, 3_000_000];
    for (const count of turns) transcript.spin(count);
    const { output } = runElf(buildElf({ wasm, exact: true }), transcript.input, true);
    const ticks = [...new Uint32Array(output.slice().buffer)];
    expect(ticks).toEqual(turns.map((count) => (2 * count) / INSTRUCTIONS_PER_TICK));
  });

  it("have not risen by more than 2 %", () => {
    const risen = countStages().filter(({ stage, instructions }) => {
      const before = committed.find((count) => count.stage === stage);
      return before === undefined || instructions > before.instructions * RISE;
    });
    expect(risen).toEqual([]);
  });

  it("of the boot loader, its code and its stack have not risen by more than 2 %", () => {
    const now = bootCosts();
    const risen = now.steps.filter(({ step, instructions }) => {
      const before = boot.steps.find((each) => each.step === step);
      return before === undefined || instructions > before.instructions * RISE;
    });
    expect(risen).toEqual([]);
    expect(now.codeBytes).toBeLessThanOrEqual(boot.codeBytes * RISE);
    expect(now.stackBytes).toBeLessThanOrEqual(boot.stackBytes * RISE);
  });
});
