import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FirmwareUpdater } from "../../../host/flash/firmware-updater.ts";
import { developmentSigningKey, generateKey } from "../../../host/image/node/keys.ts";
import { imageFacts } from "../../../host/image/node/verify-image.ts";
import { LogicFlasher } from "../../../host/server/flash-watch.ts";
import { SimulatedSource } from "../../../host/server/simulated-source.ts";
import { ViewerServer } from "../../../host/server/viewer-server.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const STAGE = "firmware/stages/line.ts";
const PROFILE = "inas-lidar-64x48";

let folder: string;
let server: ViewerServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cqd-watch-"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>page</title>");
  await cp(join(ROOT, "firmware/examples/range-gated/firmware"), join(folder, "firmware"), {
    recursive: true,
  });
  const source = new SimulatedSource({
    profile: PROFILE,
    scenes: ["room"],
    seed: 1,
    threads: 0,
    firmware: "simd",
  });
  const sceneId = source.scenes[0]!.id;
  server = new ViewerServer({ source, profileId: PROFILE, sceneId, pageFolder: folder, port: 0 });
  await server.start();
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function status() {
  return new FirmwareUpdater(server.device!.registers, imageFacts).status();
}

it("every save is flashed into the board that the viewer shows; what fails leaves the one before", async () => {
  const flasher = new LogicFlasher(server, folder, ROOT, developmentSigningKey());
  const first = await flasher.update();
  expect(first.restartCycles).toBeGreaterThan(0);
  expect(await status()).toMatchObject({ running: 1, active: 1, isTrial: false });
  const stage = join(folder, STAGE);
  const text = await readFile(stage, "utf8");
  await writeFile(stage, text.replace("NEAREST_M: f64 = 4", "NEAREST_M: f64 = 3"));
  const second = await flasher.update();
  expect(second.sent.slot).toBe(0);
  expect((await status()).slots.map(({ image }) => image?.version)).toEqual(["0.0.2", "0.0.1"]);
  await writeFile(stage, "this is no program");
  await expect(flasher.update()).rejects.toThrow(/line\.ts/);
  expect(await status()).toMatchObject({ running: 0, active: 0, isTrial: false });
});

it("a key that the board does not know is refused before the first erase", async () => {
  const source = join(ROOT, "firmware/examples/range-gated");
  const before = await status();
  const flasher = new LogicFlasher(server, source, ROOT, generateKey().key);
  await expect(flasher.update()).rejects.toThrow(/KEY/);
  expect(await status()).toEqual(before);
});
