import { describe, expect, it } from "vitest";
import { REPORT_BYTES } from "../../../hw-profiles/interface/reports.ts";
import type { UsbDevice } from "../../../sim/usb/usb-device.ts";
import { CannedBoard } from "../../bench/usb/canned-board.ts";

const [HID_IN, BULK_IN] = [0x81, 0x83];
const CONFIGURE = Uint8Array.of(0, 9, 1, 0, 0, 0, 0, 0);
const NOTHING = new Uint8Array(0);

function configured(isBulk: boolean): { board: CannedBoard; device: UsbDevice } {
  const board = new CannedBoard(isBulk);
  board.device.control(CONFIGURE, NOTHING);
  return { board, device: board.device };
}

const numbered = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => new Uint8Array(REPORT_BYTES).fill(first + i));

function poll(device: UsbDevice, length: number): Uint8Array {
  const result = device.poll(BULK_IN, length);
  if (result.kind !== "done") throw new Error(`found ${result.kind}, expected a transfer`);
  return result.data;
}

describe("the bulk endpoint", () => {
  it("fills a transfer with the whole reports that wait and fit, in order", () => {
    const { device } = configured(true);
    for (const report of numbered(1, 5)) device.offer(report);
    const room = 3 * REPORT_BYTES + 700;
    const first = poll(device, room);
    expect(first).toHaveLength(3 * REPORT_BYTES);
    expect([0, 1, 2].map((i) => first[i * REPORT_BYTES])).toEqual([1, 2, 3]);
    expect(poll(device, room)).toEqual(Uint8Array.of(...numbered(4, 1)[0]!, ...numbered(5, 1)[0]!));
    expect(device.poll(BULK_IN, room).kind).toBe("nak");
  });

  it("makes every report REPORT_BYTES long", () => {
    const { device } = configured(true);
    device.offer(Uint8Array.of(1, 2));
    device.offer(Uint8Array.of(3));
    const data = poll(device, 16 * REPORT_BYTES);
    expect(data).toHaveLength(2 * REPORT_BYTES);
    expect([data[0], data[1], data[2], data[REPORT_BYTES]]).toEqual([1, 2, 0, 3]);
  });

  it("stalls a host that has no room for one report", () => {
    const { device } = configured(true);
    for (const report of numbered(1, 2)) device.offer(report);
    expect(device.poll(BULK_IN, REPORT_BYTES - 1).kind).toBe("stall");
    expect(poll(device, REPORT_BYTES)[0]).toBe(2);
  });

  it.each([
    [true, HID_IN, BULK_IN],
    [false, BULK_IN, HID_IN],
  ])("has the data alone, or none of it (bulk: %s)", (isBulk, silent, speaking) => {
    const { device } = configured(isBulk);
    device.offer(numbered(1, 1)[0]!);
    expect(device.answers(silent)).toBe(false);
    expect(device.poll(silent, REPORT_BYTES).kind).toBe("nak");
    expect(device.answers(speaking)).toBe(true);
    expect(device.poll(speaking, REPORT_BYTES).kind).toBe("done");
  });

  it("halted, stalls until the halt is cleared; what waited is gone then", () => {
    const { device } = configured(true);
    device.offer(numbered(1, 1)[0]!);
    const halt = (request: number) =>
      device.control(Uint8Array.of(0x02, request, 0, 0, BULK_IN, 0, 0, 0), NOTHING);
    expect(halt(3).kind).toBe("done");
    expect(device.answers(BULK_IN)).toBe(true);
    expect(device.poll(BULK_IN, REPORT_BYTES).kind).toBe("stall");
    expect(halt(1).kind).toBe("done");
    expect(device.poll(BULK_IN, REPORT_BYTES).kind).toBe("nak");
  });

  it("an endpoint that there is not stalls at once", () => {
    const { device } = configured(true);
    expect(device.answers(0x84)).toBe(true);
    expect(device.poll(0x84, REPORT_BYTES).kind).toBe("stall");
  });
});
