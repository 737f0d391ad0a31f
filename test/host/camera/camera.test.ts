import { expect, test } from "vitest";
import { Camera } from "../../../host/camera/camera.ts";
import type { DepthFrame } from "../../../host/camera/frame.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { STATUS_BAD_PARAMETER } from "../../../hw-profiles/interface/status.ts";
import { SyntheticBoard } from "../support/synthetic-board.ts";

async function take(camera: Camera, count: number): Promise<DepthFrame[]> {
  const frames: DepthFrame[] = [];
  for await (const frame of camera.depthFrames({ count })) frames.push(frame);
  return frames;
}

test("frames arrive in order, complete, and the acquisition is stopped at the end", async () => {
  const board = new SyntheticBoard();
  const camera = await Camera.open(board);
  const frames = await take(camera, 5);
  expect(frames.map((frame) => frame.frameNumber)).toEqual([0, 1, 2, 3, 4]);
  expect(frames.every((frame) => frame.integrity.complete)).toBe(true);
  expect(board.words.get(Reg.REG_ACQUISITION_STATUS)).toBe(0);
  expect(camera.statistics()).toMatchObject({
    frames: 5,
    incompleteFrames: 0,
    lostReports: 0,
    droppedFrames: 0,
  });
  expect(camera.statistics().deviceFps).toBeCloseTo(400_000, 3);
  await camera.close();
  expect(board.isOpen).toBe(false);
});

test("a camera can be started again, and left early", async () => {
  const camera = await Camera.open(new SyntheticBoard());
  for await (const frame of camera.depthFrames()) if (frame.frameNumber === 2) break;
  const again = await take(camera, 3);
  expect(again.every((frame) => frame.integrity.complete)).toBe(true);
  const numbers = again.map((frame) => frame.frameNumber);
  expect(numbers[0]).toBeGreaterThan(2);
  expect(numbers).toEqual([numbers[0]!, numbers[0]! + 1, numbers[0]! + 2]);
  expect(camera.statistics()).toMatchObject({ lostReports: 0, undecodableFrames: 0, lateReports: 0 });
  await camera.close();
});

test("outstanding credit is bounded, and a reader that stops reading stops the device", async () => {
  const board = new SyntheticBoard();
  const camera = await Camera.open(board, { creditReports: 10, queuedFrames: 2 });
  await camera.start();
  // The board sends in turns of the event loop: until it has, and then for a few more in which it might go on.
  for (let idle = 0, before = -1; idle < 20; idle++) {
    await new Promise((resolve) => setImmediate(resolve));
    const { reports } = camera.statistics();
    if (reports !== before || reports === 0) idle = 0;
    before = reports;
  }
  const { frames } = camera.statistics();
  expect(frames).toBeGreaterThanOrEqual(2);
  expect(frames).toBeLessThanOrEqual(4);
  expect(board.mostCredit).toBeLessThanOrEqual(10);
  await camera.close();
});

test("a device that is unplugged ends the loop with its reason", async () => {
  const board = new SyntheticBoard();
  const camera = await Camera.open(board);
  const reading = (async () => {
    for await (const frame of camera.depthFrames())
      if (frame.frameNumber === 1) board.unplug(new Error("cable pulled"));
  })();
  await expect(reading).rejects.toThrow(/test:synthetic is gone: cable pulled/);
});

test("a device of another version is refused with both numbers and closed", async () => {
  const board = new SyntheticBoard();
  board.words.set(Reg.REG_ABI_VERSION, 7);
  await expect(Camera.open(board)).rejects.toThrow(/found ABI version 7, expected 3/);
  expect(board.isOpen).toBe(false);
  const earlier = new SyntheticBoard();
  earlier.words.set(Reg.REG_WIRE_VERSION, 1);
  await expect(Camera.open(earlier)).rejects.toThrow(
    /found wire version 1, expected 2; update the device's firmware/,
  );
});

test("info is in plain units", async () => {
  const board = new SyntheticBoard();
  board.words.set(Reg.REG_ROW_TIME, 4000);
  board.words.set(Reg.REG_GATE_DELAY, -12_500 >>> 0);
  board.words.set(Reg.REG_GATE_DELAY + 16, 6_250);
  const info = await (await Camera.open(board)).info();
  expect(info.rowTimeNs).toBe(10_000);
  expect(info).toMatchObject({ mode: "lidar", gateDelaysNs: [-12.5, 0, 0, 0, 6.25] });
});

test("registers: names, limits and refusals are explained", async () => {
  const camera = await Camera.open(new SyntheticBoard());
  await camera.registers.write("PulsesPerGate", 250);
  expect(await camera.registers.read("PulsesPerGate")).toBe(250);
  await expect(camera.registers.read("PulsePerGate")).rejects.toThrow(/did you mean PulsesPerGate/);
  await expect(camera.registers.write("PulsesPerGate", 0)).rejects.toThrow(
    /found 0, expected a whole number 1\.\./,
  );
  await expect(camera.registers.write("PulsesPerGate", 1.5)).rejects.toThrow(/found 1.5/);
  await expect(camera.registers.write("ElectronsPerDn", 2)).rejects.toThrow(/ElectronsPerDn is read-only/);
  await expect(camera.registers.read("AcquisitionStart")).rejects.toThrow(/write-only/);
  await expect(camera.registers.read("SimAmbient")).rejects.toThrow(/status 16, BAD_ADDRESS/);
});

test("without a way to open by name the error says so", async () => {
  await expect(Camera.open("sim:x")).rejects.toThrow(/no openTransport/);
});

test("a readout logic that fails ends the loop with status, frame and next step; a new start works", async () => {
  const board = new SyntheticBoard();
  const camera = await Camera.open(board, { stallMs: 100 });
  const reading = (async () => {
    for await (const frame of camera.depthFrames())
      if (frame.frameNumber === 1) board.fail({ frameNumber: 2, status: STATUS_BAD_PARAMETER, detail: 0x54 });
  })();
  await expect(reading).rejects.toThrow(
    /ended the acquisition at frame 2, detail 0x54: status 5, BAD_PARAMETER/,
  );
  expect(await take(camera, 2)).toHaveLength(2);
  await camera.close();
});
