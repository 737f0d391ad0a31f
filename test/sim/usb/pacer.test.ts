import { expect, it } from "vitest";
import { SPEED_FULL, SPEED_HIGH } from "../../../sim/usb/usb-constants.ts";
import { bandwidth } from "../../../sim/usb/usbip/bandwidth.ts";
import { Pacer } from "../../../sim/usb/usbip/pacer.ts";

it.each([
  ["HID, high speed", 0x81, SPEED_HIGH, 8192],
  ["HID, full speed", 0x81, SPEED_FULL, 64],
  ["bulk, high speed", 0x83, SPEED_HIGH, 53_248],
  ["bulk, full speed", 0x83, SPEED_FULL, 1216],
] as const)("%s: the bytes of a millisecond by the specification", (_name, endpoint, speed, bytes) => {
  const { packetBytes, packetsPerMs } = bandwidth(endpoint, speed);
  expect(packetBytes * packetsPerMs).toBe(bytes);
});

it("lets so many bytes through on average, and no more than a burst after a pause", () => {
  const [perMs, burst, transfer] = [1000, 4000, 1024];
  const pacer = new Pacer(perMs, burst, 0);
  let sent = 0;
  for (let nowMs = 0; nowMs < 1000; ) {
    const waitMs = pacer.waitMs(nowMs);
    nowMs += waitMs;
    if (waitMs > 0) continue;
    pacer.spend(transfer);
    sent += transfer;
  }
  expect(sent).toBeGreaterThanOrEqual(1000 * perMs);
  expect(sent).toBeLessThanOrEqual(1000 * perMs + burst + transfer);
  let burstSent = 0;
  while (pacer.waitMs(1_000_000) === 0) {
    pacer.spend(transfer);
    burstSent += transfer;
  }
  expect(burstSent).toBeLessThan(burst + transfer);
});
