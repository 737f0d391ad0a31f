import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { Camera } from "../../../../host/camera/camera.ts";
import { openCamera } from "../../../../host/open-camera.ts";
import { openUsbPipe } from "../../../../host/transport/bulk/open-usb-pipe.ts";
import { openStream, type StreamOptions } from "../../../../host/transport/bulk/stream-interface.ts";
import { openSession } from "../../../../host/transport/session/open-session.ts";
import type { Transport } from "../../../../host/transport/transport.ts";
import { TransportError } from "../../../../host/transport/transport-error.ts";
import { STREAM_BULK, STREAM_HID } from "../../../../hw-profiles/interface/registers.ts";
import { loadProfile } from "../../../../hw-profiles/load/load-profile.ts";
import { UsbHost, UsbHostTransport } from "../../../sim/usb/usb-host.ts";
import { type AttachedBoard, attachBoard, SCENE } from "./board.ts";
import { UsbIpModule } from "./usbip-module.ts";

/** 1.4 MB/s and 6.8 MB/s. */
const [SLOW, FAST] = ["inas-lidar-64x48", "inas-lidar-64x48-swept"];

let attached: AttachedBoard[] = [];
afterEach(async () => {
  for (const { bus } of attached) await bus.close();
  attached = [];
});

async function plug(profile: string): Promise<AttachedBoard> {
  const board = await attachBoard(profile);
  attached.push(board);
  return board;
}

async function open(board: AttachedBoard, options: StreamOptions): Promise<Transport> {
  const openPipe = () => openUsbPipe(board.serialNumber, board.module);
  return openStream(await board.openControl(), openPipe, options);
}

async function openBulk(board: AttachedBoard): Promise<Camera> {
  return Camera.open(await open(board, { streamInterface: "bulk" }), { loadProfile });
}

async function hashOf(camera: Camera, count: number): Promise<string> {
  const hash = createHash("sha256");
  for await (const frame of camera.depthFrames({ count })) {
    expect(frame.integrity.complete).toBe(true);
    hash.update(new Uint8Array(frame.rangeM.buffer)).update(frame.flags);
  }
  return hash.digest("hex");
}

describe("a board that streams over its bulk interface", () => {
  it("sends the frames that it sends in process, several reports a transfer", async () => {
    const board = await plug(SLOW);
    const transport = await open(board, { streamInterface: "bulk" });
    const camera = await Camera.open(transport, { loadProfile });
    expect(await camera.registers.readNumber("StreamInterface")).toBe(STREAM_BULK);
    let transfers = new Set<ArrayBufferLike>();
    let reports = 0;
    camera.onReport((report) => {
      transfers = transfers.add(report.buffer);
      reports++;
    });
    const overBulk = await hashOf(camera, 4);
    expect(camera.statistics()).toMatchObject({ lostReports: 0, corruptedReports: 0, reorderedReports: 0 });
    expect(reports).toBeGreaterThan(4 * transfers.size);
    await camera.close();
    const { camera: inProcess } = await openCamera(`sim:${SLOW}`, { simulation: SCENE });
    expect(overBulk).toBe(await hashOf(inProcess, 4));
    await inProcess.close();
  });

  it("gives the stream back to HID when it is closed, and the interface free", async () => {
    const board = await plug(SLOW);
    const camera = await openBulk(board);
    await hashOf(camera, 1);
    await camera.close();
    expect(board.module.devices[0]).toMatchObject({ isClaimed: false, opened: 0 });
  });

  it("takes bulk by itself when the settings send more than HID carries, and HID when not", async () => {
    for (const [profile, stream] of [
      [SLOW, STREAM_HID],
      [FAST, STREAM_BULK],
    ] as const) {
      const board = await plug(profile);
      const camera = await Camera.open(await open(board, {}), { loadProfile });
      expect(await camera.registers.readNumber("StreamInterface")).toBe(stream);
      await camera.close();
    }
  });

  it("falls back to HID with a word about it, and fails when bulk was asked for", async () => {
    const board = await plug(FAST);
    board.module.devices[0]!.refusal = -3;
    const notices: string[] = [];
    const transport = await open(board, { onNotice: (text) => notices.push(text) });
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/data come over HID: .*udev rule/);
    const camera = await Camera.open(transport, { loadProfile });
    for await (const frame of camera.depthFrames({ count: 1 })) expect(frame.integrity.complete).toBe(true);
    await camera.close();
    const again = await plug(FAST);
    again.module.devices[0]!.refusal = -3;
    await expect(open(again, { streamInterface: "bulk" })).rejects.toMatchObject({ code: "permission" });
    expect(again.host.isAttached).toBe(false);
  });

  it("says which program error it is: busy, absent, no package", async () => {
    const board = await plug(SLOW);
    const pipe = await openUsbPipe(board.serialNumber, board.module);
    await expect(openUsbPipe(board.serialNumber, board.module)).rejects.toMatchObject({ code: "busy" });
    await pipe.close();
    await expect(openUsbPipe("CQD-NOBODY", board.module)).rejects.toMatchObject({ code: "absent" });
    expect(board.module.devices[0]!.opened).toBe(0);
  });

  it("clears a stall, knows what it lost, and goes on", async () => {
    const board = await plug(SLOW);
    const camera = await openBulk(board);
    let [frames, incomplete] = [0, 0];
    for await (const frame of camera.depthFrames({ count: 8 })) {
      if (frames++ === 1) await board.host.write(0x02, 3, 0, 0x83);
      if (!frame.integrity.complete) incomplete++;
    }
    const { corruptedReports, lostReports } = camera.statistics();
    expect(corruptedReports).toBe(0);
    expect(frames).toBeGreaterThan(2);
    expect(lostReports > 0).toBe(incomplete > 0 || frames < 8);
    await camera.close();
  });

  it("unplugged while it streams, ends in a named error", async () => {
    const board = await plug(SLOW);
    const camera = await openBulk(board);
    const ended = (async () => {
      for await (const frame of camera.depthFrames()) if (frame.frameNumber === 1) board.bus.unplug("1-1");
    })();
    await expect(ended).rejects.toThrow(/gone/);
  });
});

describe("a camera that resumes", () => {
  it("takes the bulk interface again when the board is back", async () => {
    const board = await plug(SLOW);
    let present = board.host;
    const reopen = async () => {
      const host = await UsbHost.attach(board.bus.port, "1-1");
      if (host === undefined) throw new TransportError("absent", "not yet");
      present = host;
      const openPipe = () => openUsbPipe(board.serialNumber, new UsbIpModule(host));
      return openStream(await openSession(await UsbHostTransport.open(host)), openPipe, {
        streamInterface: "bulk",
      });
    };
    const camera = await Camera.open(await open(board, { streamInterface: "bulk" }), {
      loadProfile,
      resume: { timeoutMs: 20_000, reopen },
    });
    let frames = 0;
    for await (const frame of camera.depthFrames({ count: 6 })) {
      expect(frame.integrity.complete).toBe(true);
      if (frames++ === 1) board.bus.unplug("1-1");
    }
    expect(camera.statistics().resumes).toBe(1);
    expect(present).not.toBe(board.host);
    expect(await camera.registers.readNumber("StreamInterface")).toBe(STREAM_BULK);
    await camera.close();
  });
});

describe("the pipe of libusb", () => {
  it.each([
    ["while nothing happens", async () => undefined],
    ["while its transfers fail", async ({ host }: AttachedBoard) => host.write(0x02, 3, 0, 0x83)],
    ["when the cable was pulled", async ({ bus }: AttachedBoard) => bus.unplug("1-1")],
  ])("closes %s, twice if need be", async (_when, happens) => {
    const board = await plug(SLOW);
    const control = await board.openControl();
    const transport = await openStream(control, () => openUsbPipe(board.serialNumber, board.module), {
      streamInterface: "bulk",
    });
    await happens(board);
    await transport.close();
    await transport.close();
    expect(board.module.devices[0]).toMatchObject({ isClaimed: false, opened: 0 });
  });
});

describe("a pipe that misbehaves", () => {
  it("that cuts a transfer short brings a damaged report, never a silent one", async () => {
    const board = await plug(SLOW);
    let send: (bytes: Uint8Array) => void = () => undefined;
    const pipe = {
      start: (onTransfer: (bytes: Uint8Array) => void) => {
        send = onTransfer;
      },
      close: async () => undefined,
    };
    const transport = await openStream(await board.openControl(), async () => pipe, {
      streamInterface: "bulk",
    });
    const lengths: number[] = [];
    transport.onReport((report) => lengths.push(report.length));
    send(new Uint8Array(2100));
    send(new Uint8Array(0));
    expect(lengths).toEqual([1024, 1024, 52]);
    await transport.close();
  });

  it.each([
    ["fails", (_: AttachedBoard, fail: () => void) => fail()],
    ["goes away", ({ bus }: AttachedBoard) => void bus.unplug("1-1")],
  ] as const)("that cannot be closed when it %s is no failure that nobody catches", async (_, ends) => {
    const board = await plug(SLOW);
    const unheard: unknown[] = [];
    const hear = (reason: unknown) => unheard.push(reason);
    process.on("unhandledRejection", hear);
    let fail: (reason: Error) => void = () => undefined;
    const pipe = {
      start: (_: unknown, onFailed: (reason: Error) => void) => {
        fail = onFailed;
      },
      close: () => Promise.reject(new Error("Can't close device with a pending request")),
    };
    const transport = await openStream(await board.openControl(), async () => pipe, {
      streamInterface: "bulk",
    });
    const ended = new Promise((resolve) => transport.onClosed(resolve));
    ends(board, () => fail(new TransportError("stalled", "broken")));
    await ended;
    await expect.poll(() => board.host.isAttached).toBe(false);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", hear);
    expect(unheard).toEqual([]);
  });

  it("that fails ends the whole with its reason, and the board is idle on HID for the next one", async () => {
    const board = await plug(SLOW);
    let fail: (reason: Error) => void = () => undefined;
    const pipe = {
      start: (_: unknown, onFailed: (reason: Error) => void) => {
        fail = onFailed;
      },
      close: async () => undefined,
    };
    const control = await board.openControl();
    const transport = await openStream(control, async () => pipe, { streamInterface: "bulk" });
    const reasons: (Error | undefined)[] = [];
    transport.onClosed((reason) => reasons.push(reason));
    const reason = new TransportError("stalled", "broken");
    fail(reason);
    await expect.poll(() => board.host.isAttached).toBe(false);
    expect(reasons).toEqual([reason]);
  });
});
