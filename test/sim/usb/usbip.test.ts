import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { Camera } from "../../../host/camera/camera.ts";
import { openCamera } from "../../../host/open-camera.ts";
import { resolveSimOptions } from "../../../host/transport/sim/sim-options.ts";
import { loadProfile } from "../../../hw-profiles/load/load-profile.ts";
import { PluggedBoard } from "../../../sim/usb/plugged-board.ts";
import { SPEED_HIGH } from "../../../sim/usb/usb-constants.ts";
import { Bus } from "../../../sim/usb/usbip/bus.ts";
import { UsbIpServer } from "../../../sim/usb/usbip/server.ts";
import { UsbHost, UsbHostTransport } from "./usb-host.ts";

const PROFILE = "inas-lidar-64x48";
const SCENE = { scene: "wall:range=3", seed: 5, threads: 0 };

let end: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of end.reverse()) await close();
  end = [];
});

async function serve(count = 1) {
  const boards = await Promise.all(
    Array.from({ length: count }, (_, i) => {
      const options = resolveSimOptions({ profile: PROFILE, ...SCENE });
      return PluggedBoard.open({ ...options, speed: SPEED_HIGH, serialNumber: `CQD-${i}` });
    }),
  );
  const bus = new Bus(boards.map(({ device }) => device));
  const server = await UsbIpServer.listen(bus, 0, "127.0.0.1");
  end.push(async () => {
    await server.close();
    for (const board of boards) await board.close();
  });
  return { boards, bus, server };
}

async function attach(port: number, busId = "1-1"): Promise<UsbHost> {
  const host = await UsbHost.attach(port, busId);
  if (host === undefined) throw new Error("the server refused the import");
  return host;
}

async function hashOf(camera: Camera, count: number): Promise<string> {
  const hash = createHash("sha256");
  for await (const frame of camera.depthFrames({ count })) {
    expect(frame.integrity.complete).toBe(true);
    hash.update(new Uint8Array(frame.rangeM.buffer)).update(frame.flags);
  }
  return hash.digest("hex");
}

async function cameraOver(host: UsbHost): Promise<Camera> {
  return await Camera.open(await UsbHostTransport.open(host), { loadProfile, stallMs: 2000 });
}

describe("a simulated board over USB/IP", () => {
  it("tells who it is", async () => {
    const { server } = await serve();
    const host = await attach(server.port);
    expect(host.imported).toEqual({ speed: 3, vendorId: 0x1209, productId: 1 });
    const device = await host.read(0x80, 6, 0x0100, 0, 64);
    expect(device).toHaveLength(18);
    const head = await host.read(0x80, 6, 0x0200, 0, 9);
    const all = await host.read(0x80, 6, 0x0200, 0, head!.readUInt16LE(2));
    expect(all).toHaveLength(head!.readUInt16LE(2));
    const serial = await host.read(0x80, 6, 0x0303, 0x0409, 255);
    expect(serial!.subarray(2).toString("utf16le")).toBe("CQD-0");
    host.detach();
  });

  it("sends the frames that the same board sends in process", async () => {
    const { server } = await serve();
    const host = await attach(server.port);
    const camera = await cameraOver(host);
    const overUsb = await hashOf(camera, 4);
    expect(camera.statistics()).toMatchObject({ lostReports: 0, corruptedReports: 0, reorderedReports: 0 });
    await camera.close();
    const { camera: inProcess } = await openCamera(`sim:${PROFILE}`, { simulation: SCENE });
    expect(overUsb).toBe(await hashOf(inProcess, 4));
    await inProcess.close();
  });

  it("is one host's at a time, and the next one's after it has gone", async () => {
    const { boards, server } = await serve();
    const first = await attach(server.port);
    const camera = await cameraOver(first);
    await camera.start({ frameCount: 0 });
    expect(boards[0]!.isActive).toBe(true);
    expect(await UsbHost.attach(server.port, "1-1")).toBeUndefined();
    expect(await UsbHost.attach(server.port, "1-2")).toBeUndefined();
    first.detach();
    await expect.poll(() => boards[0]!.isActive).toBe(false);
    const second = await attach(server.port);
    const again = await cameraOver(second);
    for await (const frame of again.depthFrames({ count: 1 })) expect(frame.integrity.complete).toBe(true);
    await again.close();
  });

  it("unplugged while it streams, the board goes idle and the host is told", async () => {
    const { boards, bus, server } = await serve();
    const camera = await cameraOver(await attach(server.port));
    await expect(
      (async () => {
        for await (const frame of camera.depthFrames()) if (frame.frameNumber === 1) bus.unplug("1-1");
      })(),
    ).rejects.toThrow(/gone/);
    await expect.poll(() => boards[0]!.isActive).toBe(false);
  });

  it("several boards at once keep to themselves", async () => {
    const { server } = await serve(2);
    const cameras = await Promise.all(
      ["1-1", "1-2"].map(async (busId) => cameraOver(await attach(server.port, busId))),
    );
    const [a, b] = await Promise.all(cameras.map((camera) => hashOf(camera, 2)));
    expect(a).toBe(b);
    for (const camera of cameras) await camera.close();
  });

  it("an unlinked transfer ends without data, and one that was answered is known to be", async () => {
    const { server } = await serve();
    const host = await attach(server.port);
    expect(await host.write(0x00, 9, 1, 0)).toBe(true);
    void host.submit(1, true, 1024, Buffer.alloc(0));
    expect((await host.unlink(host.lastSequence))?.status).toBe(-104);
    expect((await host.unlink(1))?.status).toBe(0);
    host.detach();
  });

  it("a transfer that comes short is an error to a host that says so, and its data count", async () => {
    const { server } = await serve();
    const host = await attach(server.port);
    const setup = Buffer.from([0x80, 6, 0, 1, 0, 0, 64, 0]);
    const [mild, strict] = [0, 1];
    expect((await host.submit(0, true, 64, Buffer.alloc(0), setup, mild))?.status).toBe(0);
    const answer = await host.submit(0, true, 64, Buffer.alloc(0), setup, strict);
    expect(answer?.status).toBe(-121);
    expect(answer?.data).toHaveLength(18);
    host.detach();
  });

  it("a board says the serial number that it has on the bus", async () => {
    const { server } = await serve(2);
    const camera = await cameraOver(await attach(server.port, "1-2"));
    expect(await camera.registers.readText("DeviceSerialNumber")).toBe("CQD-1");
    await camera.close();
  });

  it("a stream of nonsense ends the connection and nothing else", async () => {
    const { server } = await serve();
    const host = await attach(server.port);
    host.raw(Buffer.alloc(100, 0x5a));
    await expect.poll(() => host.isAttached).toBe(false);
    const camera = await cameraOver(await attach(server.port));
    for await (const frame of camera.depthFrames({ count: 1 })) expect(frame.integrity.complete).toBe(true);
    await camera.close();
  });
});
