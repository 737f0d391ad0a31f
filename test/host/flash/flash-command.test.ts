import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FirmwareStatus } from "../../../host/flash/firmware-status.ts";
import { generateKey } from "../../../host/image/node/keys.ts";
import { signInPlace } from "../../../host/image/node/sign-image.ts";
import { sectorPlace } from "../../../hw-profiles/interface/flash-geometry.ts";
import { DEFAULT_FLASH } from "../../../sim/board/flash/default-flash.ts";
import { cqd } from "../support/run-main.ts";
import { gatedImage } from "./support/gated-logic.ts";

const DEVICE = ["--device", "sim:inas-lidar-64x48", "--threads", "0"];

let folder: string;
let image: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cqd-flash-command-"));
  image = join(folder, "gated.cqdi");
  await writeFile(image, await gatedImage(folder, "none"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function lines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function status(board: string): Promise<FirmwareStatus> {
  const { stdout } = await cqd("flash", "status", ...DEVICE, "--flash-file", board, "--json");
  return JSON.parse(stdout) as FirmwareStatus;
}

/** SHA-256 over all of two frames. */
async function frames(...options: string[]): Promise<string> {
  const { stdout } = await cqd("stream", ...DEVICE, "--frames", "2", "--json", ...options);
  const { summary } = lines(stdout).at(-1) as { summary: { sha256: string } };
  return summary.sha256;
}

describe("cqd flash on a board whose flash is a file", () => {
  it("--confirm: the next command shows the new logic, and the file is whole", async () => {
    const board = join(folder, "board.json");
    const before = await frames("--flash-file", board);
    expect(before).toBe(await frames());
    const { code, stdout } = await cqd(
      "flash",
      image,
      ...DEVICE,
      "--flash-file",
      board,
      "--confirm",
      "--json",
    );
    expect(code).toBe(0);
    const steps = lines(stdout);
    expect(steps[0]).toMatchObject({ progress: { phase: "check" } });
    expect(steps.at(-1)).toMatchObject({
      isAccepted: true,
      isVerified: true,
      state: "confirmed",
      sent: { slot: 1, resumedAtByte: 0 },
    });
    expect(Number(steps.at(-1)?.["restartCycles"])).toBeGreaterThan(0);
    expect(await frames("--flash-file", board)).not.toBe(before);
    expect(await status(board)).toMatchObject({ running: 1, active: 1, isTrial: false });
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("without it the next command runs it on trial, and the one after goes back", async () => {
    const board = join(folder, "trial.json");
    const flashed = await cqd("flash", image, ...DEVICE, "--flash-file", board);
    expect(flashed.stdout).toContain("the next start of the board runs it on trial");
    expect(await status(board)).toMatchObject({ running: 1, isTrial: true });
    const after = await status(board);
    expect(after).toMatchObject({ running: 0, isTrial: false });
    expect(after.slots[1]).toMatchObject({ state: "rejected", reason: { name: "NOT_CONFIRMED" } });
    // The power went after each command: what is told of the past is the journal's.
    expect(after.history).toHaveLength(1);
    expect(after.changes.slice(0, 4)).toMatchObject([
      { slot: 1, state: "rejected", reason: { name: "NOT_CONFIRMED" } },
      { slot: 1, state: "trial" },
      { slot: 1, state: "pending" },
      { slot: 1, state: "installing" },
    ]);
    const told = await cqd("flash", "status", ...DEVICE, "--flash-file", board);
    expect(told.stdout).toContain("  slot 1: rejected; NOT_CONFIRMED: ");
    const again = await cqd("flash", image, ...DEVICE, "--flash-file", board, "--json");
    expect(lines(again.stdout).at(-1)).toMatchObject({ sent: { skippedSectors: 4 } });
    expect((await cqd("flash", "confirm", ...DEVICE, "--flash-file", board)).code).toBe(0);
    expect(await status(board)).toMatchObject({ active: 1, isTrial: false });
    const back = await cqd("flash", "revert", ...DEVICE, "--flash-file", board, "--json");
    expect(JSON.parse(back.stdout)).toMatchObject({ running: 0, isTrial: true });
  });

  it("flash, then confirm: two commands, each a power cycle", async () => {
    const board = join(folder, "two.json");
    expect((await cqd("flash", image, ...DEVICE, "--flash-file", board)).code).toBe(0);
    const kept = await cqd("flash", "confirm", ...DEVICE, "--flash-file", board, "--json");
    expect([kept.code, JSON.parse(kept.stdout)]).toMatchObject([
      0,
      { running: 1, active: 1, isTrial: false },
    ]);
    for (let powerCycle = 0; powerCycle < 2; powerCycle++)
      expect(await status(board)).toMatchObject({ result: "confirmed", running: 1, isTrial: false });
  });

  it("a sector that is worn out: what to do, and the status shows it after a power cycle", async () => {
    const board = join(folder, "worn.json");
    await status(board);
    const file = JSON.parse(await readFile(board, "utf8"));
    const bad = DEFAULT_FLASH.slots[1].firstSector + 3;
    const { address, bytes } = sectorPlace(DEFAULT_FLASH, bad);
    // Neither erased nor what the image has there.
    const value = (await readFile(image))[3 * bytes + 5]! ^ 0x01;
    const worn = {
      ...file,
      stuck: [{ address: address + 5, mask: 0xff, value: value === 0xff ? 0 : value }],
    };
    await writeFile(board, JSON.stringify(worn));
    const { code, stderr } = await cqd("flash", image, ...DEVICE, "--flash-file", board, "--confirm");
    expect(code).toBe(4);
    expect(stderr).toContain(`sector ${bad} of the flash, in slot 1, does not take what it should hold`);
    expect(stderr).toContain(
      `What runs is in the other slot, untouched. An image of at most ${3 * bytes} bytes`,
    );
    const after = await status(board);
    expect(after).toMatchObject({ running: 0, active: 0, badSector: bad });
    expect(after.changes.find(({ badSector }) => badSector === bad)).toMatchObject({
      slot: 1,
      state: "installing",
    });
    const told = await cqd("flash", "status", ...DEVICE, "--flash-file", board);
    expect(told.stdout).toContain(`bad sector: ${bad} of the flash; an image that reaches it is given up`);
  });

  it("--dry-run and refusals touch nothing and end with 3", async () => {
    const board = join(folder, "untouched.json");
    await status(board);
    const before = await readFile(board, "utf8");
    const foreign = join(folder, "foreign.cqdi");
    const bytes = new Uint8Array(await readFile(image));
    signInPlace(bytes, generateKey().key);
    await writeFile(foreign, bytes);
    const dry = await cqd("flash", image, ...DEVICE, "--flash-file", board, "--dry-run");
    expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining("nothing was sent")]);
    const refused = await cqd("flash", foreign, ...DEVICE, "--flash-file", board);
    expect([refused.code, refused.stdout]).toEqual([
      3,
      expect.stringMatching(/^KEY: found key [0-9a-f]{16}, expected 657d/),
    ]);
    expect(await readFile(board, "utf8")).toBe(before);
  });

  it("says what else cannot be", async () => {
    const board = join(folder, "other.json");
    await writeFile(board, "{}");
    const other = await cqd("flash", "status", ...DEVICE, "--flash-file", board);
    expect([other.code, other.stderr]).toEqual([3, expect.stringContaining("expected the flash of a board")]);
    const running = await cqd("flash", "erase", "0", ...DEVICE);
    expect([running.code, running.stderr]).toEqual([
      4,
      expect.stringContaining("SLOT: There is no such slot"),
    ]);
    const beyond = await cqd(
      "flash",
      "read-back",
      "0",
      "--offset",
      "200000",
      "--length",
      "200000",
      ...DEVICE,
    );
    expect([beyond.code, beyond.stderr]).toEqual([
      4,
      expect.stringContaining("the board has no bytes 200000 to"),
    ]);
    const hid = await cqd("info", "--device", "hid:NONE", "--flash-file", board);
    expect([hid.code, hid.stderr]).toEqual([2, expect.stringContaining("others keep their flash")]);
    const digest = await cqd("flash", "read-back", "0", "--length", "256", ...DEVICE, "--json");
    expect(JSON.parse(digest.stdout)).toMatchObject({ slot: 0, offset: 0, length: 256 });
  });
});
