import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { hasCommand, root, runCommand } from "./run-command.ts";
import { missingTool, type Tally } from "./tally.ts";

interface VitestTest {
  readonly status: string;
  readonly fullName: string;
  readonly failureMessages: readonly string[];
}

interface VitestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly VitestTest[];
  }[];
}

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** "file: test: first line of what it said" of every failure. */
function failuresOf({ testResults }: VitestReport): string[] {
  const firstLine = (text = "") => text.split("\n", 1)[0] ?? "";
  return testResults
    .filter(({ status }) => status === "failed")
    .flatMap(({ name, message, assertionResults }) => {
      const file = name.replace(root, "");
      const failed = assertionResults.filter(({ status }) => status === "failed");
      if (failed.length === 0) return [`${file}: ${firstLine(message)}`];
      return failed.map(
        ({ fullName, failureMessages }) => `${file}: ${fullName}: ${firstLine(failureMessages[0])}`,
      );
    });
}

/** What a report of vitest says. A report that is absent is a failure. */
export function readTally(file: string): Tally {
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
    failures: failuresOf(report),
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
