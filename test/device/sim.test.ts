import { beforeAll, describe, expect, it } from "vitest";
import type { Reference } from "./bench.ts";
import { Skipped } from "./check.ts";
import { ALL_CHECKS } from "./checks/all-checks.ts";
import { referenceRun } from "./reference.ts";
import { runChecks } from "./run-checks.ts";
import { openSimBench } from "./sim-bench.ts";

const SEED = 1;
/** Every check gets boards of its own: the longest takes 200 frames. */
const FRAMES = 200;

/** What only boards on a bus have. */
const NEED_A_BUS: ReadonlySet<string> = new Set([
  "a board at full speed sends the same frames",
  "the vendor's bulk interface carries the same frames",
  "a host that grants more than the device keeps knows every report that the device lost",
]);

let reference: Reference;
beforeAll(async () => {
  reference = await referenceRun(FRAMES);
});

describe("checks of a device, on the simulated board in process", () => {
  it.each(ALL_CHECKS)("$name", async ({ name, run }) => {
    const { bench, close } = await openSimBench(reference, SEED);
    const failure = await run(bench).then(
      () => undefined,
      (error: unknown) => error,
    );
    await close();
    if (NEED_A_BUS.has(name)) expect(failure).toBeInstanceOf(Skipped);
    else expect(failure).toBeUndefined();
  });
});

it("the runner counts what passed, failed and was skipped", async () => {
  const lines: string[] = [];
  const checks = [
    { name: "good", run: async () => undefined },
    { name: "bad", run: () => Promise.reject(new Error("found 1, expected 2")) },
    { name: "not here", run: () => Promise.reject(new Skipped("needs a cable")) },
  ];
  const { bench, close } = await openSimBench(reference, SEED);
  const outcome = await runChecks(
    bench,
    checks,
    (line) => lines.push(line),
    () => 0,
  );
  await close();
  expect(outcome).toEqual({ passed: 1, failed: 1, skipped: 1 });
  expect(lines.filter((line) => !line.startsWith("#   "))).toEqual([
    "ok 1 - sim: good (0 ms)",
    "not ok 2 - sim: bad (0 ms)",
    "ok 3 - sim: not here # SKIP needs a cable",
    "1 passed, 1 failed, 1 skipped",
  ]);
});
