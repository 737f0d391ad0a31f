import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import type { StreamInterface } from "../../../host/open-camera.ts";
import { STREAM_BULK, STREAM_HID } from "../../../hw-profiles/interface/registers.ts";
import type { BoardUnderTest } from "../../device/bench.ts";
import { withTransport } from "../../device/camera-run.ts";
import { type Check, must, needed, Skipped, same } from "../../device/check.ts";
import { PageTransport } from "../../host/server/page-client.ts";

/** Beside this file, as in the package. */
const COMMAND = "/app/build/js/host/cli/main.js";
const PAGE = "/app/build/viewer/index.html";
const PROGRAM = `import("${COMMAND}").then(({ main }) => main(process.argv.slice(1)))`;
const LIMIT_MS = 120_000;

interface Ended {
  readonly code: number;
  readonly lines: readonly string[];
}

/** Runs `cqd` in a process of its own. @param onOutput called when it prints for the first time. */
async function cqd(words: readonly string[], onOutput: () => void = () => undefined): Promise<Ended> {
  if (!existsSync(COMMAND)) throw new Skipped("needs the built command: npm run build:js");
  const run = promisify(execFile)("node", ["-e", PROGRAM, "--", ...words], { timeout: LIMIT_MS });
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
const RESUMED_FRAMES = 120;
/** Ends what hangs, and nothing else. */
const RESUME_S = 100;

function streamOf({ serialNumber }: BoardUnderTest, frames: number): string[] {
  const device = ["--device", `hid:${serialNumber}`, "--resume", String(RESUME_S)];
  return ["stream", ...device, "--frames", String(frames), "--json"];
}

function summaryOf({ code, lines }: Ended): Record<string, unknown> {
  must(code === 0, `found exit code ${code}, expected 0:\n${lines.join("\n")}`);
  return (JSON.parse(lines.at(-1) ?? "") as { summary: Record<string, unknown> }).summary;
}

/** `cqd view` of a board while `use` looks at its page. */
async function whileShown(
  { serialNumber }: BoardUnderTest,
  by: StreamInterface,
  use: (url: string) => Promise<void>,
): Promise<void> {
  if (!existsSync(PAGE)) throw new Skipped("needs the built page: npm run build");
  const device = ["--device", `hid:${serialNumber}`, "--stream-interface", by];
  const words = ["view", ...device, "--port", "0", "--json"];
  const child = spawn("node", ["-e", PROGRAM, "--", ...words], { timeout: LIMIT_MS });
  const ended = once(child, "exit");
  const [line] = (await Promise.race([once(child.stdout, "data"), once(child.stderr, "data")])) as [Buffer];
  must(line.toString().startsWith("{"), `found "${line}", expected a line of JSON with the page's address`);
  try {
    await use((JSON.parse(line.toString()) as { url: string }).url);
  } finally {
    child.kill("SIGINT");
  }
  same("exit code", (await ended)[0], 0);
}

/** A page's camera takes whole frames, and the board's register says that they come `by` that endpoint. */
async function viewFrames(board: BoardUnderTest, by: StreamInterface, register: number): Promise<void> {
  await whileShown(board, by, async (url) => {
    same("status of the page", (await fetch(url)).status, 200);
    await withTransport(await PageTransport.open(url), {}, async (camera) => {
      let frames = 0;
      for await (const { integrity } of camera.frames()) {
        must(integrity.complete, "found a frame incomplete, expected it whole");
        if (++frames === 3) break;
      }
      same("StreamInterface", await camera.registers.readNumber("StreamInterface"), register);
    });
  });
}

interface Finding {
  readonly check: string;
  readonly level: string;
  readonly found: string;
}

export const COMMAND_CHECKS: readonly Check[] = [
  {
    name: "cqd stream goes on with all of its frames when the board was unplugged and is back",
    run: async ({ boards }) => {
      const board = boards[0]!;
      const { plug, unplug } = needed(board.cable, "a cable that can be pulled");
      let replugged: Promise<void> | undefined;
      const pull = () => {
        replugged = unplug().then(plug);
        // Said when the command has ended.
        replugged.catch(() => undefined);
      };
      const summary = summaryOf(await cqd(streamOf(board, RESUMED_FRAMES), pull));
      await replugged;
      same("frames", summary["frames"], RESUMED_FRAMES);
      same("incomplete frames", summary["incompleteFrames"], 0);
      same("times that the board came back", summary["resumes"], 1);
    },
  },
  {
    name: "cqd view gives whole frames of a board to a page",
    run: ({ boards }) => viewFrames(boards[0]!, "hid", STREAM_HID),
  },
  {
    name: "cqd view gives whole frames that come by the bulk endpoint",
    run: ({ boards }) => viewFrames(boards[0]!, "bulk", STREAM_BULK),
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
