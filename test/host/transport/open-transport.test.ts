import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { HidTransport } from "../../../host/transport/hid/hid-transport.ts";
import { listDevices, openTransport, truthSource } from "../../../host/transport/open-transport.ts";
import { loadProfile } from "../../../hw-profiles/load/load-profile.ts";

test("every profile is listed as a simulated device, the default one first", async () => {
  const devices = await listDevices();
  expect(devices[0]?.device).toBe("sim:inas-lidar-320x240");
  expect(devices.map((entry) => entry.device)).toContain("sim:inas-lidar-64x48-swept");
});

test("sim:PROFILE opens a simulated board that has a truth", async () => {
  const transport = await openTransport("sim:inas-lidar-64x48", { scene: "wall:range=2", raysPerSide: 2 });
  expect(transport.name).toBe("sim:inas-lidar-64x48");
  expect(truthSource(transport)).toBe(transport);
  await transport.close();
});

test("sim opens a board from a resolved profile, and a device that names another one is refused", async () => {
  const profile = { ...loadProfile("inas-lidar-64x48"), name: "made-here" };
  const transport = await openTransport("sim", { profile, scene: "wall:range=2", raysPerSide: 2 });
  expect(transport.name).toBe("sim:made-here");
  await transport.close();
  const both = openTransport("sim:inas-lidar-64x48", { profile });
  await expect(both).rejects.toThrow(/a profile among the options, expected one of them/);
});

test.each(["", "usb:1", "hid:", "nonsense"])('"%s" is no device', async (device) => {
  await expect(openTransport(device)).rejects.toThrow(/expected sim:PROFILE or hid:SERIAL/);
});

test("a serial number that is not plugged in is named, with what to do", async () => {
  await expect(openTransport("hid:NONE-SUCH")).rejects.toThrow(
    /device hid:NONE-SUCH: found .*until then use sim:PROFILE/,
  );
});

class FakeHid extends EventEmitter {
  readonly calls: [string, ...unknown[]][] = [];
  async write(report: Buffer): Promise<number> {
    this.calls.push(["write", ...report]);
    return report.length;
  }
  async sendFeatureReport(report: Buffer): Promise<number> {
    this.calls.push(["send", ...report]);
    return report.length;
  }
  async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    this.calls.push(["get", reportId, length]);
    return Uint8Array.of(reportId);
  }
  async close(): Promise<void> {
    this.calls.push(["close"]);
  }
}

test("the HID adapter passes reports on with their ids, and tells of the end once", async () => {
  const handle = new FakeHid();
  const transport = new HidTransport("hid:X", handle);
  const seen: Uint8Array[] = [];
  const ends: unknown[] = [];
  transport.onReport((report) => seen.push(report));
  transport.onClosed((reason) => ends.push(reason));
  handle.emit("data", Buffer.of(1, 2));
  await transport.sendReport(Uint8Array.of(2, 1));
  await transport.sendFeatureReport(Uint8Array.of(3, 1));
  expect(await transport.getFeatureReport(3, 60)).toEqual(Uint8Array.of(3));
  const unplugged = new Error("could not read from HID device");
  handle.emit("error", unplugged);
  await transport.close();
  expect(seen).toEqual([Buffer.of(1, 2)]);
  expect(handle.calls).toEqual([
    ["write", 2, 1],
    ["send", 3, 1],
    ["get", 3, 60],
  ]);
  expect(ends).toEqual([unplugged]);
});
