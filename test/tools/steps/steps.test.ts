import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { readAsPectSummary } from "./firmware-step.ts";
import { hasCommand, root, runCommand } from "./run-command.ts";
import { add, missingTool, summary } from "./tally.ts";
import { readTally } from "./vitest-step.ts";

const ci = process.env["CI"];
afterEach(() => {
  if (ci === undefined) delete process.env["CI"];
  else process.env["CI"] = ci;
});

it("the last line has the agreed form", () => {
  const tally = add({ passed: 3, failed: 1, skipped: 0 }, { passed: 4, failed: 0, skipped: 2 });
  expect(summary(tally)).toBe("7 passed, 1 failed, 2 skipped");
});

it("what failed is known by its file, its name and its first complaint", () => {
  const folder = mkdtempSync(join(tmpdir(), "cqd-steps-"));
  const file = join(folder, "report.json");
  const passes = { status: "passed", fullName: "is quiet", failureMessages: [] };
  const fails = { status: "failed", fullName: "is loud", failureMessages: ["Error: found 2\n at x.ts"] };
  const counts = { numPassedTests: 1, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };
  const testResults = [
    { name: `${root}test/a.test.ts`, status: "failed", message: "", assertionResults: [passes, fails] },
    { name: `${root}test/b.test.ts`, status: "failed", message: "cannot load", assertionResults: [] },
  ];
  writeFileSync(file, JSON.stringify({ success: false, ...counts, testResults }));
  expect(readTally(file)).toEqual({
    passed: 1,
    failed: 2,
    skipped: 0,
    failures: ["test/a.test.ts: is loud: Error: found 2", "test/b.test.ts: cannot load"],
  });
  rmSync(folder, { recursive: true });
  expect(readTally(file)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it("a missing tool is a skip at home and a failure in CI", () => {
  delete process.env["CI"];
  expect(missingTool("found no tool")).toEqual({ passed: 0, failed: 0, skipped: 1 });
  process.env["CI"] = "true";
  expect(missingTool("found no tool")).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it("as-pect's summary is counted", () => {
  expect(readAsPectSummary("  [Summary]\n    [Tests]: 23 / 25\n   [Groups]: 12 / 12")).toEqual({
    passed: 23,
    failed: 2,
    skipped: 0,
  });
  expect(readAsPectSummary("")).toEqual({ passed: 0, failed: 0, skipped: 0 });
});

it("a program that fails or is absent is not ok", async () => {
  expect(await runCommand("node", ["-e", "console.log('x'); process.exit(3)"])).toEqual({
    ok: false,
    text: "x\n",
  });
  expect((await runCommand("cqd-no-such-program", [])).ok).toBe(false);
  expect(await hasCommand("cqd-no-such-program", [])).toBe(false);
  expect(await hasCommand("node", ["--version"])).toBe(true);
});
