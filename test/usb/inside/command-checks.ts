import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import type { BoardUnderTest } from "../../device/bench.ts";
import { type Check, must, needed, Skipped, same } from "../../device/check.ts";

/** Beside this file, as in the package. */
const COMMAND = "/app/build/js/host/cli/main.js";
const LIMIT_MS = 120_000;

interface Ended {
  readonly code: number;
  readonly lines: readonly string[];
}

/** Runs `cqd` in a process of its own. @param onOutput called when it prints for the first time. */
async function cqd(words: readonly string[], onOutput: () => void = () => undefined): Promise<Ended> {
  if (!existsSync(COMMAND)) throw new Skipped("needs the built command: npm run build:js");
  const program = `import("${COMMAND}").then(({ main }) => main(process.argv.slice(1)))`;
  const run = promisify(execFile)("node", ["-e", program, "--", ...words], { timeout: LIMIT_MS });
  run.child.stdout?.once("data", onOutput);
  const ended = await run.then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code?: number; stdout?: string; stderr?: string }) => ({
      code: error.code ?? -1,
      text: `${error.stdout ?? ""}${error.stderr ?? ""}`,
    }),
  );
  return { code: ended.code, lines: ended.text.trim().split("\n") };
}

/** More than the command has taken before it prints the first one. */
const RESUMED_FRAMES = 60;

function streamOf({ serialNumber }: BoardUnderTest, frames: number): string[] {
  return ["stream", "--device", `hid:${serialNumber}`, "--frames", String(frames), "--json"];
}

function summaryOf({ code, lines }: Ended): Record<string, unknown> {
  must(code === 0, `found exit code ${code}, expected 0:\n${lines.join("\n")}`);
  return (JSON.parse(lines.at(-1) ?? "") as { summary: Record<string, unknown> }).summary;
}

interface Finding {
  readonly check: string;
  readonly level: string;
  readonly found: string;
}

export const COMMAND_CHECKS: readonly Check[] = [
  {
    name: "cqd stream takes whole frames from a board by its serial number",
    run: async ({ boards }) => {
      const summary = summaryOf(await cqd(streamOf(boards[0]!, 3)));
      same("frames", summary["frames"], 3);
      same("lost reports", summary["lostReports"], 0);
    },
  },
  {
    name: "cqd stream goes on with all of its frames when the board was unplugged and is back",
    run: async ({ boards }) => {
      const board = boards[0]!;
      const { plug, unplug } = needed(board.cable, "a cable that can be pulled");
      let replugged: Promise<void> | undefined;
      const pull = () => {
        replugged = unplug().then(plug);
      };
      const summary = summaryOf(await cqd(streamOf(board, RESUMED_FRAMES), pull));
      await replugged;
      same("frames", summary["frames"], RESUMED_FRAMES);
      same("incomplete frames", summary["incompleteFrames"], 0);
      same("times that the board came back", summary["resumes"], 1);
    },
  },
  {
    name: "cqd doctor finds a healthy board",
    run: async ({ boards }) => {
      const { code, lines } = await cqd(["doctor", "--device", `hid:${boards[0]!.serialNumber}`, "--json"]);
      must(
        lines[0]?.startsWith("{") === true,
        `found exit code ${code}, expected JSON:\n${lines.join("\n")}`,
      );
      const { findings } = JSON.parse(lines.join("")) as { findings: readonly Finding[] };
      const failed = findings.filter(({ level }) => level === "fail");
      same("failures", failed.map(({ check, found }) => `${check}: ${found}`).join("\n"), "");
      same("exit code", code, 0);
      must(findings.length > 5, `found ${findings.length} findings, expected those of machine and board`);
    },
  },
];
