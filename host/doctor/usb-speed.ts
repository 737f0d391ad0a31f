import { dirname } from "node:path";
import { type Finding, ok, warn } from "./finding.ts";
import type { Machine } from "./machine.ts";

/** Mbit/s of high speed. */
const HIGH_SPEED = 480;

/** How fast the bus is that a hidraw node hangs on, as the kernel says. */
export async function checkSpeed(machine: Machine, node: string): Promise<Finding> {
  const name = node.slice(node.lastIndexOf("/") + 1);
  // The HID device lies in its interface, the interface in the USB device.
  const hid = await machine.resolve(`/sys/class/hidraw/${name}/device`);
  const text = hid && (await machine.readText(`${dirname(dirname(hid))}/speed`));
  const mbitPerS = Number(text ?? "");
  if (!(mbitPerS > 0))
    return warn(
      "speed",
      `the system does not tell the speed of ${node}`,
      "look with lsusb -t: 480M is what it should be",
    );
  const found = `${mbitPerS} Mbit/s`;
  if (mbitPerS >= HIGH_SPEED) return ok("speed", found);
  return warn(
    "speed",
    `${found}: 64 kB/s of data at most`,
    "plug the board into a port of high speed (480 Mbit/s), without an old hub or extension in between",
  );
}
