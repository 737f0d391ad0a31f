import { expect, it } from "vitest";
import {
  COMMAND_BYTES,
  REGISTER_REPORT_BYTES,
  REPORT_BYTES,
} from "../../../hw-profiles/interface/reports.ts";
import type { UsbBoardPort } from "../../../sim/usb/usb-board.ts";
import { SPEED_HIGH } from "../../../sim/usb/usb-constants.ts";
import { UsbDevice } from "../../../sim/usb/usb-device.ts";
import { Random } from "../../firmware/support/random.ts";
import { sealed } from "../../reference/report-check.ts";

/** `CQD_FUZZ=1000000` runs the long version. */
const REQUESTS = Number(process.env["CQD_FUZZ"] ?? 50_000);

/** A board that counts what reaches it and checks that it is whole. */
class CountingBoard implements UsbBoardPort {
  credit = 0;
  requests = 0;
  resets = 0;
  lost = 0;
  streamInterface = 0;

  reportLost(): void {
    this.lost++;
  }

  grantCredit(reports: number): void {
    expect(Number.isInteger(reports) && reports >= 0 && reports <= 0xffffffff).toBe(true);
    this.credit++;
  }

  request(report: Uint8Array): void {
    expect(report.length === 64 && report[0] === 3).toBe(true);
    this.requests++;
  }

  reply(): Uint8Array {
    return new Uint8Array(64);
  }

  reset(): void {
    this.resets++;
  }
}

/** SET_CONFIGURATION 1. */
const CONFIGURE = Uint8Array.of(0, 9, 1, 0, 0, 0, 0, 0);
const COMMON = [0x00, 0x01, 0x02, 0x80, 0x81, 0x82, 0x21, 0xa1, 0xc0];

/** IN endpoints that there are; half of the polls go to them. */
const ENDPOINTS = [0x81, 0x83];

/** Data stages that mean something. */
const LENGTHS = [0, 1, COMMAND_BYTES, REGISTER_REPORT_BYTES];

/** Half of the bytes are ones that mean something. */
function setupOf(random: Random, length: number): Uint8Array {
  const small = () => (random.below(2) === 0 ? random.below(12) : random.below(256));
  const type = random.below(4) === 0 ? random.below(256) : COMMON[random.below(COMMON.length)]!;
  const size = random.below(3) === 0 ? random.below(65536) : length;
  return Uint8Array.of(type, small(), small(), small(), small(), small(), size & 255, size >> 8);
}

it(`answers or stalls ${REQUESTS} random requests and reports, and is itself afterwards`, {
  timeout: 600_000,
}, () => {
  const random = new Random(11);
  const board = new CountingBoard();
  const device = new UsbDevice(board, { manufacturer: "m", product: "p", serialNumber: "s" }, SPEED_HIGH);
  let [answers, stalls] = [0, 0];
  for (let i = 0; i < REQUESTS; i++) {
    const length = random.below(2) === 0 ? LENGTHS[random.below(LENGTHS.length)]! : random.below(70);
    const data = Uint8Array.from({ length }, () =>
      random.below(2) === 0 ? 1 + random.below(3) : random.below(256),
    );
    // Those that are whole get further.
    if ((length === COMMAND_BYTES || length === REGISTER_REPORT_BYTES) && random.below(2) === 0) sealed(data);
    const kind = random.below(8);
    if (kind === 0) device.offer(new Uint8Array(REPORT_BYTES));
    if (random.below(20) === 0) board.streamInterface = random.below(2);
    if (random.below(50) === 0) device.control(CONFIGURE, new Uint8Array(0));
    const result =
      kind === 1
        ? device.poll(
            random.below(2) === 0 ? ENDPOINTS[random.below(2)]! : random.below(256),
            random.below(4096),
          )
        : kind === 2
          ? device.write(random.below(4), data)
          : device.control(setupOf(random, length), data);
    if (result.kind === "stall") stalls++;
    else answers++;
  }
  expect(answers).toBeGreaterThan(REQUESTS / 50);
  expect(stalls).toBeGreaterThan(REQUESTS / 50);
  expect(board.requests + board.credit).toBeGreaterThan(0);

  board.streamInterface = 0;
  device.reset();
  expect(device.isConfigured).toBe(false);
  expect(device.poll(0x81, REPORT_BYTES).kind).toBe("stall");
  expect(device.control(CONFIGURE, new Uint8Array(0)).kind).toBe("done");
  expect(device.poll(0x81, REPORT_BYTES).kind).toBe("nak");
  device.offer(new Uint8Array(REPORT_BYTES).fill(7));
  expect(device.poll(0x81, REPORT_BYTES)).toEqual({
    kind: "done",
    data: new Uint8Array(REPORT_BYTES).fill(7),
  });
});

it("a full queue loses the newest report and counts it", () => {
  const board = new CountingBoard();
  const device = new UsbDevice(board, { manufacturer: "m", product: "p", serialNumber: "s" }, SPEED_HIGH);
  device.control(CONFIGURE, new Uint8Array(0));
  for (let i = 0; i < 600; i++) device.offer(Uint8Array.of(i & 255, i >> 8));
  expect(board.lost).toBe(600 - 512);
  for (let i = 0; i < 512; i++)
    expect(device.poll(0x81, 64)).toEqual({ kind: "done", data: Uint8Array.of(i & 255, i >> 8) });
  expect(device.poll(0x81, 64).kind).toBe("nak");
});
