import { expect, test } from "vitest";
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
    /hid:NONE-SUCH: found .* among the boards, expected the board plugged in; .*cqd list/,
  );
});
