import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Camera } from "../../../host/camera/camera.ts";
import type { DepthFrame } from "../../../host/camera/frame.ts";
import { FirmwareUpdater } from "../../../host/flash/firmware-updater.ts";
import { imageFacts } from "../../../host/image/node/verify-image.ts";
import { openCamera } from "../../../host/open-camera.ts";
import { type Fault, gatedImage, SLICE_M } from "./support/gated-logic.ts";

const SLOT = 1;
/** Frames that are looked at before and after. */
const FRAMES = 3;

let folder: string;
let images: Readonly<Record<Fault, Uint8Array<ArrayBuffer>>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cqd-flash-"));
  images = {
    none: await gatedImage(folder, "none"),
    trap: await gatedImage(folder, "trap"),
    loop: await gatedImage(folder, "loop"),
    golden: await gatedImage(folder, "golden"),
  };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A camera that streams while it is flashed: its frames in order. */
class LiveCamera {
  readonly updater: FirmwareUpdater;
  readonly camera: Camera;
  readonly frames: DepthFrame[] = [];
  #reading: Promise<void> = Promise.resolve();

  private constructor(camera: Camera) {
    this.camera = camera;
    this.updater = new FirmwareUpdater(camera.registers, imageFacts);
  }

  static async open(): Promise<LiveCamera> {
    const simulation = { scene: "room", seed: 3, threads: 0 };
    const { camera } = await openCamera("sim:inas-lidar-64x48", { simulation });
    const live = new LiveCamera(camera);
    live.#reading = live.#read();
    await live.more();
    return live;
  }

  /** Wait for some frames more. */
  async more(): Promise<readonly DepthFrame[]> {
    const first = this.frames.length;
    while (this.frames.length < first + FRAMES) await new Promise((resolve) => setTimeout(resolve, 5));
    return this.frames.slice(first);
  }

  async close(): Promise<void> {
    await this.camera.stop();
    await this.#reading;
    await this.camera.close();
  }

  async #read(): Promise<void> {
    for await (const frame of this.camera.depthFrames()) this.frames.push(frame);
  }
}

function isGated({ rangeM }: DepthFrame): boolean {
  const half = 0.1;
  return rangeM.every(
    (m) => m === 0 || Number.isNaN(m) || (m > SLICE_M.nearest - half && m < SLICE_M.farthest + half),
  );
}

/** Device time between a frame and the one before it, ROIC clocks. */
function gapCycles(frames: readonly DepthFrame[], clockHz: number): number[] {
  return frames.slice(1).map(({ timeNs }, i) => Math.round(((timeNs - frames[i]!.timeNs) * clockHz) / 1e9));
}

describe("flashed while the camera streams", () => {
  it("the picture changes, and frames stop for the stated number of cycles only", async () => {
    const live = await LiveCamera.open();
    const { updater } = live;
    expect(live.frames.some(isGated)).toBe(false);
    const { slot } = await updater.install(images.none);
    expect((await live.more()).some(isGated)).toBe(false);
    const { cycles } = await updater.restart(slot);
    await live.more();
    await updater.confirm();
    expect((await live.more()).every(isGated)).toBe(true);
    expect(live.frames.every(({ integrity }) => integrity.complete)).toBe(true);
    expect(live.frames.map(({ frameNumber }) => frameNumber)).toEqual(live.frames.map((_, number) => number));
    const clockHz = await live.camera.registers.readNumber("DeviceClockFrequency");
    const gaps = gapCycles(live.frames, clockHz);
    const usual = Math.min(...gaps);
    expect(gaps.filter((gap) => gap !== usual)).toEqual([usual + cycles]);
    expect(await updater.status()).toMatchObject({ running: slot, active: slot, isTrial: false });
    await live.close();
  });

  it("an image that was kept before it saw a frame ends the acquisition when it loops, and can be given up", async () => {
    const simulation = { scene: "room", seed: 3, threads: 0 };
    const { camera } = await openCamera("sim:inas-lidar-64x48", { simulation });
    const updater = new FirmwareUpdater(camera.registers, imageFacts);
    await updater.install(images.loop);
    await updater.restart(SLOT);
    await updater.confirm();
    await expect(camera.frames({ count: 1 }).next()).rejects.toThrow(/watchdog/);
    await updater.revert();
    const { value } = await camera.frames({ count: 1 }).next();
    expect(value?.integrity.complete).toBe(true);
    await camera.close();
  });

  it.each([
    ["trap", "TRAPPED"],
    ["loop", "WATCHDOG"],
  ] as const)(
    "an image whose frames %s goes back in exactly one reboot, and says why",
    async (fault, reason) => {
      const live = await LiveCamera.open();
      const { updater } = live;
      await updater.install(images[fault]);
      const before = (await updater.status()).restarts;
      const { isTrial } = await updater.restart(SLOT);
      expect(isTrial).toBe(true);
      // The frame that the image failed on is lost.
      const after = (await live.more()).filter(({ integrity }) => integrity.complete);
      expect(after.length).toBeGreaterThanOrEqual(FRAMES - 1);
      expect(after.some(isGated)).toBe(false);
      const status = await updater.status();
      // One for the trial, one back.
      expect(status.restarts).toBe(before + 2);
      expect(status).toMatchObject({ running: 0, active: 0, result: "confirmed" });
      expect(status.slots[SLOT]).toMatchObject({ state: "rejected", reason: { name: reason } });
      expect(status.history.slice(0, 2)).toMatchObject([
        { result: "confirmed", running: 0, reason: { name: reason }, reasonSlot: SLOT },
        { result: "trial", running: SLOT },
      ]);
      await live.close();
    },
  );

  it("an image that fails its golden vector never runs: the same reboot goes back", async () => {
    const live = await LiveCamera.open();
    const { updater } = live;
    await updater.install(images.golden);
    const before = (await updater.status()).restarts;
    await expect(updater.restart(SLOT)).rejects.toMatchObject({
      code: "reverted",
      message: expect.stringMatching(/^the image in slot 1 failed its trial, slot 0 runs; GOLDEN: /),
    });
    const status = await updater.status();
    expect(status.restarts).toBe(before + 1);
    expect(status.slots[SLOT]).toMatchObject({ state: "rejected", reason: { name: "GOLDEN" } });
    expect((await live.more()).some(isGated)).toBe(false);
    await live.close();
  });
});
