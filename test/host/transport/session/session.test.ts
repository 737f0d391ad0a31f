import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Camera } from "../../../../host/camera/camera.ts";
import { openSession } from "../../../../host/transport/session/open-session.ts";
import { openSimTransport, type SimTransport } from "../../../../host/transport/sim/sim-transport.ts";
import type { Transport } from "../../../../host/transport/transport.ts";
import { VirtualClock } from "../../../faults/support/virtual-clock.ts";

/** One of several programs on one device node: closing it leaves the device. */
function program(device: Transport): Transport {
  return {
    name: device.name,
    onReport: (listener) => device.onReport(listener),
    onClosed: (listener) => device.onClosed(listener),
    sendReport: (report) => device.sendReport(report),
    sendFeatureReport: (report) => device.sendFeatureReport(report),
    getFeatureReport: (id, length) => device.getFeatureReport(id, length),
    close: async () => undefined,
  };
}

let device: SimTransport;

beforeEach(async () => {
  device = await openSimTransport({ profile: "inas-lidar-64x48", scene: "wall:range=3", threads: 0 });
});
afterEach(() => device.close());

it("one program holds the device until it closes", async () => {
  // Both programs go by one clock, however busy the machine is.
  const clock = new VirtualClock();
  try {
    const camera = await Camera.open(await openSession(program(device), { token: 11 }));
    const second = () => clock.settle(openSession(program(device), { token: 22 }), () => 0, 10_000);
    await expect(second()).rejects.toMatchObject({
      code: "busy",
      message: expect.stringContaining("close that program"),
    });
    await camera.registers.write("AcquisitionFrameCount", 1);
    await camera.close();
    const busyMs = clock.nowMs;
    await (await second())?.close();
    expect(clock.nowMs).toBe(busyMs);
  } finally {
    clock.restore();
  }
});

it("others read registers and change nothing", async () => {
  const camera = await Camera.open(await openSession(program(device), { token: 11 }));
  const other = await Camera.open(program(device));
  expect(await other.registers.read("SensorWidth")).toBe(64);
  await expect(other.registers.write("AcquisitionFrameCount", 5)).rejects.toThrow(/SESSION/);
  expect(await other.registers.read("AcquisitionFrameCount")).toBe(0);
  for await (const frame of camera.frames({ count: 2 })) expect(frame.integrity.complete).toBe(true);
  await camera.close();
});

it("a holder that is silent is taken over, and learns it", async () => {
  const dead = await Camera.open(await openSession(program(device), { token: 11, keepAliveMs: 1e6 }));
  await dead.registers.write("AcquisitionStart", 1);
  const camera = await Camera.open(await openSession(program(device), { token: 22, silenceMs: 20 }));
  expect(await camera.registers.read("AcquisitionStatus")).toBe(0);
  for await (const frame of camera.frames({ count: 1 })) expect(frame.integrity.complete).toBe(true);
  await expect(dead.registers.write("AcquisitionFrameCount", 1)).rejects.toMatchObject({ code: "session" });
  await camera.close();
});

it("a holder that stood still together with who wants the device is not taken for dead", async () => {
  const camera = await Camera.open(await openSession(program(device), { token: 11, keepAliveMs: 10 }));
  const second = openSession(program(device), { token: 22, silenceMs: 200 }).then(
    () => undefined,
    (error: unknown) => error,
  );
  // It has looked, and waits; then the machine does something else.
  await new Promise((resolve) => setImmediate(resolve));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  expect(await second).toMatchObject({ name: "TransportError", code: "busy" });
  await camera.registers.write("AcquisitionFrameCount", 1);
  await camera.close();
});

it("a reply to somebody else is asked for again, and the request is not served twice", async () => {
  const session = await openSession(program(device), { token: 11 });
  const camera = await Camera.open(session);
  const fetch = device.getFeatureReport.bind(device);
  const send = vi.spyOn(device, "sendFeatureReport");
  const other = await Camera.open(program(device));
  let isDisturbed = false;
  vi.spyOn(device, "getFeatureReport").mockImplementation(async (id, length) => {
    if (isDisturbed) return fetch(id, length);
    isDisturbed = true;
    await other.registers.read("SensorHeight");
    return fetch(id, length);
  });
  await camera.registers.write("AcquisitionStart", 1);
  expect(isDisturbed).toBe(true);
  // Opening the other camera takes three, then: our request, the other's, ours again.
  expect(send.mock.calls.length).toBe(3 + 3);
  await camera.close();
});

it("a request that comes after a later one is passed over; a program that starts anew counts anew", async () => {
  const sent: Uint8Array[] = [];
  const send = vi.spyOn(device, "sendFeatureReport").mock;
  const camera = await Camera.open(await openSession(program(device), { token: 11, keepAliveMs: 1e6 }));
  await camera.registers.write("AcquisitionFrameCount", 5);
  sent.push(...send.calls.map(([report]) => report.slice()));
  await camera.registers.write("AcquisitionFrameCount", 6);
  for (const late of sent.slice(-3)) await device.sendFeatureReport(late);
  expect(await camera.registers.read("AcquisitionFrameCount")).toBe(6);
  // The first one has died without a word; the second one's numbers are smaller.
  const again = await Camera.open(await openSession(program(device), { token: 11 }));
  await again.registers.write("AcquisitionFrameCount", 7);
  expect(await again.registers.read("AcquisitionFrameCount")).toBe(7);
  await again.close();
});
