import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Camera } from "../../../host/camera/camera.ts";
import { FirmwareUpdater } from "../../../host/flash/firmware-updater.ts";
import { imageFacts } from "../../../host/image/node/verify-image.ts";
import { LogicFlasher } from "../../../host/server/flash-watch.ts";
import type { ViewerServer } from "../../../host/server/viewer-server.ts";
import { SLICE_M } from "../flash/support/gated-logic.ts";
import { PageTransport } from "./page-client.ts";
import { PluggedBoard } from "./plugged-board.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Among the requests: that many are in the middle of an image. */
const PULLED_AT = 400;

let folder: string;
let board: PluggedBoard;
let server: ViewerServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cqd-watch-"));
  await cp(join(ROOT, "firmware/examples/range-gated/firmware"), join(folder, "firmware"), {
    recursive: true,
  });
  board = await PluggedBoard.open("inas-lidar-64x48", { faults: `set.unplug@${PULLED_AT}` });
  server = await board.serve();
});
afterEach(async () => {
  await board.close();
  await rm(folder, { recursive: true, force: true });
});

/** Share of the picture's pixels that have a range, as a page sees it. */
async function rangedShare(): Promise<number> {
  const camera = await Camera.open(await PageTransport.open(server.url));
  try {
    for await (const { rangeM } of camera.depthFrames({ count: Infinity }))
      return rangeM.filter((m) => m > 0).length / rangeM.length;
  } finally {
    await camera.close();
  }
  return 0;
}

it("a save is flashed into the board on USB, unplugged and plugged in again on the way; the picture is the new one", async () => {
  // A wall at 3 m: outside of the slice.
  expect(SLICE_M.nearest).toBeGreaterThan(3.1);
  expect(await rangedShare()).toBeGreaterThan(0.9);
  expect(board.links).toEqual([]);
  const { sent } = await new LogicFlasher(server, folder, ROOT).update();
  expect(sent.totalBytes).toBeGreaterThan(10_000);
  expect(board.links).toEqual(["away", "back"]);
  const { active, isTrial, running, slots } = await new FirmwareUpdater(
    server.device!.registers,
    imageFacts,
  ).status();
  expect({ active, isTrial, running, version: slots[1]?.image?.version }).toEqual({
    active: 1,
    isTrial: false,
    running: 1,
    version: "0.0.1",
  });
  expect(await rangedShare()).toBe(0);
});
