import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Case } from "./case.ts";
import { rtlWaves } from "./compare.ts";
import { hasIcarus, icarusTitle } from "./icarus.ts";
import { imagingCase } from "./imaging-case.ts";
import type { Change } from "./waves.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-rtl-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Codes that pixels get, and when, with so many flip-flops before the latches. */
async function codesWith(one: Case, stages: number): Promise<Change[]> {
  const { parameters, registers } = one.run;
  const run = {
    ...one.run,
    parameters: { ...parameters, SYNC_STAGES: stages },
    registers: { ...registers, cycles: registers["cycles"]! + stages },
  };
  const { changes } = await rtlWaves({ ...one, run }, join(folder, `${stages}`));
  return changes.filter(({ name }) => name.startsWith("code_r"));
}

describe.skipIf(!hasIcarus && !process.env["CI"])(icarusTitle("Asynchronous comparators"), () => {
  test.each([1, 2, 3])(
    "with %i flip-flops before the latch: the same codes, as many clocks later",
    async (stages) => {
      const seeds = Array.from({ length: 40 }, (_, seed) => seed);
      // A latch that is late must have its code before the next conversion begins.
      const isFit = ({ run: { memories, parameters, registers } }: Case) =>
        registers["settle_cycles"]! > 6 && parameters["ADC_BITS"]! > 3 && memories["levels"]!.length > 60;
      const one = seeds.map(imagingCase).find(isFit)!;
      const expected = await codesWith(one, 0);
      expect(expected.length).toBeGreaterThan(20);
      const later = expected.map((change) => ({ ...change, cycle: change.cycle + stages }));
      expect(await codesWith(one, stages)).toEqual(later);
    },
  );
});
