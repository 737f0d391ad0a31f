import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Camera } from "../../../../host/camera/camera.ts";
import { openCamera } from "../../../../host/open-camera.ts";
import {
  allowedWebHid,
  chooseWebHid,
  openWebHid,
  webHidOf,
} from "../../../../host/transport/webhid/open-web-hid.ts";
import type { WebHid } from "../../../../host/transport/webhid/web-hid.ts";
import { WebHidTransport } from "../../../../host/transport/webhid/web-hid-transport.ts";
import { REGISTER_REPORT_BYTES, REPORT_ID_REGISTER } from "../../../../hw-profiles/interface/reports.ts";
import { VirtualClock } from "../../../faults/support/virtual-clock.ts";
import { BoardOnUsb, FakeWebHid } from "./fake-web-hid.ts";

const PROFILE = "inas-lidar-64x48";
const SCENE = { scene: "wall:range=3", seed: 5, threads: 0 };

describe("a board over WebHID", () => {
  let usb: BoardOnUsb;
  let hid: FakeWebHid;
  beforeEach(async () => {
    usb = await BoardOnUsb.open(PROFILE);
    hid = new FakeWebHid(usb);
  });
  afterEach(() => usb.board.close());

  async function open(): Promise<Camera> {
    const device = await chooseWebHid(hid);
    if (device === undefined) throw new Error("no board was chosen");
    return Camera.open(await openWebHid(hid, device));
  }

  async function ranges(camera: Camera, count: number): Promise<number[][]> {
    const found = [];
    for await (const frame of camera.depthFrames({ count })) {
      expect(frame.integrity.complete).toBe(true);
      found.push([...frame.rangeM]);
    }
    return found;
  }

  it("sends the frames that it sends in process", async () => {
    const camera = await open();
    const overWebHid = await ranges(camera, 3);
    await camera.close();
    const { camera: inProcess } = await openCamera(`sim:${PROFILE}`, { simulation: SCENE });
    expect(overWebHid).toEqual(await ranges(inProcess, 3));
    await inProcess.close();
    expect(usb.board.isActive).toBe(false);
  });

  it("is read whether or not the browser puts the id before a feature report", async () => {
    hid.shape = (report) => report.subarray(1);
    const camera = await open();
    expect(await camera.registers.readText("DeviceModelName")).toBe(PROFILE);
    await camera.close();
  });

  it.each([1, 20])("names a feature report that comes %i bytes short", async (missing) => {
    hid.shape = (report) => report.subarray(0, report.length - missing);
    await expect(open()).rejects.toMatchObject({ name: "TransportError", code: "truncated" });
    const device = (await chooseWebHid(hid))!;
    await device.open();
    const transport = new WebHidTransport(hid, device);
    const request = transport.getFeatureReport(REPORT_ID_REGISTER, REGISTER_REPORT_BYTES);
    await expect(request).rejects.toMatchObject({ code: "truncated" });
    await transport.close();
  });

  it("unplugged while it streams, ends with that reason; plugged in again, it opens anew", async () => {
    const camera = await open();
    const ended = (async () => {
      for await (const frame of camera.depthFrames()) if (frame.frameNumber === 1) hid.unplug();
    })();
    await expect(ended).rejects.toThrow(/was unplugged; plug it in again/);
    expect(usb.board.isActive).toBe(false);
    expect(await allowedWebHid(hid)).toEqual([]);
    hid.replug();
    const [device] = await allowedWebHid(hid);
    const again = await Camera.open(await openWebHid(hid, device!));
    expect((await ranges(again, 1))[0]).toHaveLength(64 * 48);
    await again.close();
  });

  it("that the system does not let this user open says what to do", async () => {
    hid.refusesOpen = true;
    await expect(open()).rejects.toMatchObject({ code: "permission", message: /udev rule/ });
  });

  it("that nobody chose is none", async () => {
    hid.choosesNone = true;
    expect(await chooseWebHid(hid)).toBeUndefined();
  });

  it("that another page holds is busy, and free when that one closed it", async () => {
    // How long the second page listens is told by the same clock as when the first one says that it lives.
    const clock = new VirtualClock();
    const page = async (link: WebHid) => openWebHid(link, (await chooseWebHid(link))!);
    const other = new FakeWebHid(usb);
    try {
      const first = await page(hid);
      await expect(clock.settle(page(other), () => 0, 10_000)).rejects.toMatchObject({ code: "busy" });
      await first.close();
      const busyMs = clock.nowMs;
      const second = await clock.settle(page(other), () => 0, 10_000);
      expect(clock.nowMs).toBe(busyMs);
      await second?.close();
    } finally {
      clock.restore();
    }
  });

  it("a stall is named, and is not the end of the board", async () => {
    const camera = await open();
    const [device] = await allowedWebHid(hid);
    const transport = new WebHidTransport(hid, device!);
    const longer = new Uint8Array(REGISTER_REPORT_BYTES + 1).fill(REPORT_ID_REGISTER, 0, 1);
    await expect(transport.sendFeatureReport(longer)).rejects.toMatchObject({ code: "stalled" });
    expect(await camera.registers.readNumber("Width")).toBe(64);
    await camera.close();
  });
});

it("a browser without WebHID has none", () => {
  expect(webHidOf({})).toBeUndefined();
  expect(webHidOf({ hid: undefined })).toBeUndefined();
});
