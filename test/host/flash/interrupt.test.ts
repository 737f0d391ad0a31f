import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FlashSummary } from "../../../host/cli/flash/flash-run.ts";
import type { FirmwareStatus } from "../../../host/flash/firmware-status.ts";
import type { FlashProgress, SentImage } from "../../../host/flash/progress.ts";
import { IMAGE_MANIFEST_BYTES } from "../../../hw-profiles/interface/image.ts";
import { FLASH_WINDOW_WORDS } from "../../../hw-profiles/interface/registers.ts";
import { DEFAULT_FLASH } from "../../../sim/board/flash/default-flash.ts";
import { cqd } from "../support/run-main.ts";
import { gatedImage } from "./support/gated-logic.ts";

const BIN = fileURLToPath(new URL("../../../host/cli/cqd.mjs", import.meta.url));
const DEVICE = ["--device", "sim:inas-lidar-64x48", "--threads", "0"];
/** Bytes of the image that a request carries. */
const PIECE_BYTES = 4 * FLASH_WINDOW_WORDS;
const SECTOR_BYTES = DEFAULT_FLASH.regions[1]!.sectorBytes;

let folder: string;
let file: string;
let image: Uint8Array;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cqd-flash-interrupt-"));
  file = join(folder, "gated.cqdi");
  image = await gatedImage(folder, "none");
  await writeFile(file, image);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  /** The last step that was told. */
  readonly last: FlashProgress | undefined;
}

interface Moment {
  readonly at: (step: FlashProgress) => boolean;
  /** Bytes that are sent before; from there on every request waits, so that the signal comes in time. */
  readonly bytes: number;
  /** How long it waits, ms: what is left must take seconds, for a signal that comes late. */
  readonly delayMs: number;
}

/** Hundreds of requests are left of sending, a few dozen of checking and of reading back. */
const [MANY_LEFT_MS, FEW_LEFT_MS] = [5, 60];

/** `cqd flash` in a process of its own, which gets a signal at a moment. */
async function flashUntil(
  board: string,
  { at, bytes, delayMs }: Moment,
  signal: NodeJS.Signals = "SIGINT",
): Promise<Ended> {
  const slow = `set.delay@${Math.floor(bytes / PIECE_BYTES)}x100000=${delayMs}ms`;
  const args = ["flash", file, ...DEVICE, "--faults", slow, "--flash-file", board, "--confirm", "--json"];
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += String(chunk);
  });
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.on("close", (...end) => resolve(end)),
  );
  let last: FlashProgress | undefined;
  let isSent = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const { progress } = JSON.parse(line) as { progress?: FlashProgress };
    if (progress === undefined) continue;
    last = progress;
    if (isSent || !at(progress)) continue;
    isSent = true;
    child.kill(signal);
  }
  const [code, by] = await ended;
  return { code, signal: by, stderr, last };
}

async function status(board: string): Promise<FirmwareStatus> {
  const { stdout } = await cqd("flash", "status", ...DEVICE, "--flash-file", board, "--json");
  return JSON.parse(stdout) as FirmwareStatus;
}

/** The same command over a good link. */
async function flashAgain(board: string): Promise<FlashSummary> {
  const { code, stderr, stdout } = await cqd(
    "flash",
    file,
    ...DEVICE,
    "--flash-file",
    board,
    "--confirm",
    "--json",
  );
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as FlashSummary;
}

/** Nothing is sent again but the sector in work. @param told sectors that were told as finished; one more may have been. */
function requireGoesOn({ resumedAtByte, sentBytes }: SentImage, told: number): void {
  // The slot's first sector, with the manifest, comes last.
  const held = Math.max(0, resumedAtByte / SECTOR_BYTES - 1);
  expect([told, told + 1]).toContain(held);
  expect(sentBytes).toBe(image.length - held * SECTOR_BYTES - IMAGE_MANIFEST_BYTES);
}

async function requireNoTemporaryFiles(): Promise<void> {
  expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
}

describe("Ctrl-C in cqd flash", () => {
  it("before anything is sent: the board is as it was", async () => {
    const board = join(folder, "check.json");
    await status(board);
    const before = await readFile(board, "utf8");
    const { code, last, stderr } = await flashUntil(board, {
      at: ({ phase }) => phase === "check",
      bytes: 0,
      delayMs: FEW_LEFT_MS,
    });
    expect([code, last?.phase]).toEqual([130, "check"]);
    expect(stderr).toBe("cqd: stopped: nothing was sent; flash again when it is wanted\n");
    expect(await readFile(board, "utf8")).toBe(before);
    expect(await flashAgain(board)).toMatchObject({ state: "confirmed", sent: { resumedAtByte: 0 } });
  });

  it.each([0, 2])(
    "with %i sectors sent: says how to go on, and goes on at the sector in work",
    async (sectors) => {
      const board = join(folder, `send-${sectors}.json`);
      const at = (step: FlashProgress) => step.phase === "send" && step.sectors === sectors;
      const { code, last, stderr } = await flashUntil(board, {
        at,
        bytes: sectors * SECTOR_BYTES,
        delayMs: MANY_LEFT_MS,
      });
      expect([code, last?.phase]).toEqual([130, "send"]);
      expect(stderr).toContain(
        "cqd: stopped: the board boots what it booted before; flash the same image again",
      );
      await requireNoTemporaryFiles();
      const left = await status(board);
      expect(left).toMatchObject({ running: 0, active: 0, isTrial: false });
      expect(left.slots[1]?.state).toBe("installing");
      const { sent, state } = await flashAgain(board);
      requireGoesOn(sent!, last!.sectors);
      expect(state).toBe("confirmed");
    },
  );

  it("while it is read back: only that is left", async () => {
    const board = join(folder, "verify.json");
    const { code, last, stderr } = await flashUntil(board, {
      at: ({ phase }) => phase === "verify",
      bytes: image.length,
      delayMs: FEW_LEFT_MS,
    });
    expect([code, last?.phase]).toEqual([130, "verify"]);
    expect(stderr).toContain("slot 1 holds the image, which is not read back to its end; flash it again");
    await requireNoTemporaryFiles();
    expect(await flashAgain(board)).toMatchObject({
      isVerified: true,
      state: "confirmed",
      sent: { sentBytes: 0 },
    });
  });

  it("a process that is killed within a sector costs no more than that sector", async () => {
    const board = join(folder, "killed.json");
    const { last, signal } = await flashUntil(
      board,
      { at: ({ sectors }) => sectors === 2, bytes: 2 * SECTOR_BYTES, delayMs: MANY_LEFT_MS },
      "SIGKILL",
    );
    expect(signal).toBe("SIGKILL");
    expect(await status(board)).toMatchObject({ running: 0, active: 0, isTrial: false });
    const { sent } = await flashAgain(board);
    requireGoesOn(sent!, last!.sectors);
  });
});
