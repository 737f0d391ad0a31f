import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Camera } from "../../../host/camera/camera.ts";
import { FirmwareUpdater } from "../../../host/flash/firmware-updater.ts";
import { developmentSigningKey, generateKey, type SigningKey } from "../../../host/image/node/keys.ts";
import { signInPlace } from "../../../host/image/node/sign-image.ts";
import { imageFacts } from "../../../host/image/node/verify-image.ts";
import { LogicFlasher } from "../../../host/server/flash-watch.ts";
import type { ViewerServer } from "../../../host/server/viewer-server.ts";
import { developmentFlash } from "../../../host/transport/sim/factory-image.ts";
import type { FlashSetup } from "../../../sim/board/flash/flash-unit.ts";
import { readArtefact } from "../../../sim/pool/artefacts.ts";
import { SLICE_M } from "../flash/support/gated-logic.ts";
import { PageTransport } from "./page-client.ts";
import { PluggedBoard, type PluggedOptions } from "./plugged-board.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Among the requests: that many are in the middle of an image. */
const PULLED_AT = 400;

/** A board that is locked for production and left the factory signed with `own`. */
function productionFlash(own: SigningKey): Partial<FlashSetup> {
  const { factoryImage } = developmentFlash({ bytes: readArtefact("readout.wasm"), name: "factory" });
  const image = factoryImage!();
  signInPlace(image, own);
  return { factoryImage: () => image, keys: [{ ...own, development: false }], isLocked: true };
}

let folder: string;
let board: PluggedBoard;
let server: ViewerServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cqd-watch-"));
  await cp(join(ROOT, "firmware/examples/range-gated/firmware"), join(folder, "firmware"), {
    recursive: true,
  });
});

async function plugIn(options: PluggedOptions): Promise<void> {
  board = await PluggedBoard.open("inas-lidar-64x48", options);
  server = await board.serve();
}

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
  await plugIn({ faults: `set.unplug@${PULLED_AT}` });
  // A wall at 3 m: outside of the slice.
  expect(SLICE_M.nearest).toBeGreaterThan(3.1);
  expect(await rangedShare()).toBeGreaterThan(0.9);
  expect(board.links).toEqual([]);
  const { sent } = await new LogicFlasher(server, folder, ROOT, developmentSigningKey()).update();
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

it("a board that is locked for production takes what its own key signed, and nothing of the development key", async () => {
  const own = generateKey().key;
  await plugIn({ flash: productionFlash(own) });
  const open = (key: SigningKey) => new LogicFlasher(server, folder, ROOT, key);
  await expect(open(developmentSigningKey()).update()).rejects.toThrow(/KEY/);
  expect(await rangedShare()).toBeGreaterThan(0.9);
  await open(own).update();
  expect(await rangedShare()).toBe(0);
});
