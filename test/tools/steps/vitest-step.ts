import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { hasCommand, root, runCommand } from "./run-command.ts";
import { missingTool, type Tally } from "./tally.ts";

interface VitestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

function readTally(file: string): Tally {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(file, "utf8")) as VitestReport;
  // A file that cannot be loaded has no tests to count, but it is a failure.
  const unloaded = report.testResults.filter(
    (result) => result.status === "failed" && result.assertionResults.length === 0,
  );
  const failed = report.numFailedTests + unloaded.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !report.success ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

async function vitest(project: "quick" | "e2e"): Promise<Tally> {
  const file = `${root}test-output/vitest-${project}.json`;
  mkdirSync(`${root}test-output`, { recursive: true });
  rmSync(file, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const args = ["vitest", "run", "--config", "test/vitest.config.ts", "--project", project, ...reporters];
  const { ok } = await runCommand("npx", args);
  const tally = readTally(file);
  return !ok && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

export function quickTests(): Promise<Tally> {
  return vitest("quick");
}

export async function endToEndTests(): Promise<Tally> {
  if (!(await hasCommand(CHROMIUM, ["--version"]))) {
    return missingTool(`found no Chromium at ${CHROMIUM}: install the package chromium or set CHROMIUM`);
  }
  return vitest("e2e");
}
