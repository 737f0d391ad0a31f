// Registers of calibration: what they take, and that they reach the parameter block and the readout logic's maps.

import { beforeEach, expect, test } from "vitest";
import * as Memory from "../../../hw-profiles/interface/memory-map.ts";
import type { RegisterEntry } from "../../../hw-profiles/interface/register-entry.ts";
import { calibration } from "../../../hw-profiles/interface/register-group-calibration.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as Status from "../../../hw-profiles/interface/status.ts";
import { lidarParameters } from "../../../sim/board/lidar/lidar-parameters.ts";
import { initialLidarSettings } from "../../../sim/board/lidar/lidar-settings.ts";
import { type BoardUnderTest, lastRefusal, openBoard, testProfile } from "./board-fixture.ts";

let device: BoardUnderTest;

beforeEach(async () => {
  device = await openBoard();
});

const named = calibration.map((entry): [string, RegisterEntry] => [entry.name, entry]);
const scratch = new DataView(new ArrayBuffer(4));

function bits(type: RegisterEntry["type"], value: number): number {
  if (type === "f32") scratch.setFloat32(0, value);
  else scratch.setUint32(0, value >>> 0);
  return scratch.getUint32(0);
}

function write(entry: RegisterEntry, value: number, element = 0): number {
  return device.write(entry.address + 4 * element, bits(entry.type, value));
}

function parameters(): DataView {
  const block = device.board.sensor.plan().parameters;
  return new DataView(block.buffer);
}

/** Limits that the pulse period and the gates of this board set, and a window's. */
const BOARD_TOP: ReadonlyMap<number, number> = new Map([
  [Reg.REG_LASER_PULSE_WIDTH, 900],
  [Reg.REG_PIXEL_TIME_MAP_INDEX, 64 * 48 - 2],
]);
const BOARD_BOTTOM: ReadonlyMap<number, number> = new Map([[Reg.REG_GATE_WIDTH_CORRECTION, -14_999]]);

test.each(named)("%s keeps its limits and refuses what lies beyond", (_, entry) => {
  const top = BOARD_TOP.get(entry.address) ?? entry.max!;
  const bottom = BOARD_BOTTOM.get(entry.address) ?? entry.min!;
  for (const value of [bottom, top]) {
    expect(write(entry, value)).toBe(Status.STATUS_OK);
    expect(device.read(entry.address).value).toBe(bits(entry.type, value));
  }
  if (entry.type === "f32") expect(write(entry, Number.NaN)).toBe(Status.STATUS_OUT_OF_RANGE);
  if (top < 0xffffffff) expect(write(entry, 1.001 * top + 2)).toBe(Status.STATUS_OUT_OF_RANGE);
  if (bottom !== 0)
    expect(write(entry, bottom - (entry.type === "f32" ? 0.1 : 2))).not.toBe(Status.STATUS_OK);
});

test("until something is written the parameter block says what the profile says", () => {
  const untouched = lidarParameters(testProfile, initialLidarSettings(testProfile));
  expect(device.board.sensor.plan().parameters).toEqual(untouched);
  expect(parameters().getFloat32(Memory.PARAM_RESPONSE_TAU_NS, true)).toBeCloseTo(65 / Math.log(9), 5);
});

const IN_BLOCK = [
  [Reg.REG_RESPONSE_TAU, Memory.PARAM_RESPONSE_TAU_NS, 31.5],
  [Reg.REG_RESPONSE_TAIL_FRACTION, Memory.PARAM_TAIL_FRACTION, 0.0625],
  [Reg.REG_RESPONSE_TAIL_TAU, Memory.PARAM_TAIL_TAU_NS, 250],
  [Reg.REG_LASER_PULSE_WIDTH, Memory.PARAM_PULSE_WIDTH_NS, 41.25],
  [Reg.REG_RANGE_TIME_OFFSET, Memory.PARAM_TIME_OFFSET_NS, -1.5],
] as const;

test.each(IN_BLOCK)("register 0x%i stands at %i of the parameter block", (address, offset, value) => {
  device.write(address, bits("f32", value));
  expect(parameters().getFloat32(offset, true)).toBe(value);
});

test("the time constant follows the temperature by its activation energy", () => {
  device.write(Reg.REG_RESPONSE_TAU, bits("f32", 30));
  device.write(Reg.REG_RESPONSE_ACTIVATION, bits("f32", 0.02));
  device.write(Reg.REG_RESPONSE_TEMPERATURE, 35_000);
  expect(parameters().getFloat32(Memory.PARAM_RESPONSE_TAU_NS, true)).toBeCloseTo(30, 5);
  device.write(Reg.REG_SIM_TEMPERATURE, 60_000);
  const expected = 30 * Math.exp((0.02 / 8.617333262e-5) * (1 / 333.15 - 1 / 308.15));
  expect(parameters().getFloat32(Memory.PARAM_RESPONSE_TAU_NS, true)).toBeCloseTo(expected, 4);
});

test("gate corrections are linear between points of the delay axis and held beyond", () => {
  const [first, second, third] = [-12_500, 6_250, 25_000];
  device.write(Reg.REG_GATE_CORRECTION_START, first);
  device.write(Reg.REG_GATE_CORRECTION_STEP, second - first);
  for (let point = 0; point < 64; point++)
    device.write(Reg.REG_GATE_DELAY_CORRECTION + 4 * point, [100, -200][point] ?? 400);
  device.write(Reg.REG_GATE_WIDTH_CORRECTION, 250);
  const delays = Array.from({ length: 32 }, (_, gate) =>
    parameters().getFloat32(Memory.PARAM_GATE_DELAYS_NS + 4 * gate, true),
  );
  const commanded = (gate: number) => -12.5 + 6.25 * gate;
  expect(third).toBe(1000 * commanded(6));
  const expected = [0.1, 0, -0.1, -0.2, 0, 0.2, 0.4, 0.4];
  expected.forEach((correction, gate) => {
    expect(delays[gate]).toBeCloseTo(commanded(gate) + correction, 5);
  });
  expect(delays[31]).toBeCloseTo(commanded(31) + 0.4, 4);
  expect(parameters().getFloat32(Memory.PARAM_GATE_WIDTHS_NS, true)).toBeCloseTo(15.25, 5);
});

test("the window writes the map that frames get, and drops what lies past its end", () => {
  const last = 64 * 48 - 2;
  device.write(Reg.REG_PIXEL_TIME_MAP_INDEX, last);
  device.write(Reg.REG_PIXEL_TIME_MAP_DATA, (-5 & 0xffff) + 0x10000 * 7);
  device.write(Reg.REG_PIXEL_TIME_MAP_DATA + 4, 0x0003_0002);
  expect(device.read(Reg.REG_PIXEL_TIME_MAP_DATA).value).toBe(0x0007_fffb);
  expect(device.read(Reg.REG_PIXEL_TIME_MAP_DATA + 4).value).toBe(0);
  expect(device.board.sensor.plan().maps()).toMatchObject({ timeMap: { [last]: -5, [last + 1]: 7, 0: 0 } });
});

test("the map cannot change while frames are acquired", () => {
  device.write(Reg.REG_ACQUISITION_START, 1);
  expect(device.write(Reg.REG_PIXEL_TIME_MAP_DATA, 1)).toBe(Status.STATUS_BUSY);
  expect(lastRefusal(device)).toContain("AcquisitionStop");
});

test("an odd place of the window is refused with what was expected", () => {
  expect(device.write(Reg.REG_PIXEL_TIME_MAP_INDEX, 3)).toBe(Status.STATUS_OUT_OF_RANGE);
  expect(lastRefusal(device)).toContain("an even number below 3072");
});
