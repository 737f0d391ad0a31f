import { afterEach, expect, test } from "vitest";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import * as Status from "../../../hw-profiles/interface/status.ts";
import { ALL_CREDIT, type BoardUnderTest, kindOf, lastRefusal, openBoard, viewOf } from "./board-fixture.ts";

const PULSES = 10;
const FRAMES = 3;
const devices: BoardUnderTest[] = [];
afterEach(async () => {
  for (const device of devices.splice(0)) await device.board.close();
});

async function open(settings: readonly (readonly [address: number, value: number])[] = []) {
  const device = await openBoard();
  devices.push(device);
  for (const [address, value] of [[Reg.REG_PULSES_PER_GATE, PULSES] as const, ...settings])
    expect(device.write(address, value)).toBe(Status.STATUS_OK);
  return device;
}

/** Times of the leaders, cycles, and what the frames carry besides. */
async function take(device: BoardUnderTest) {
  device.board.grantCredit(ALL_CREDIT);
  device.write(Reg.REG_ACQUISITION_START, 1);
  for (let frame = 0; frame < FRAMES; frame++) await device.board.advance();
  device.write(Reg.REG_ACQUISITION_STOP, 1);
  return device.reports
    .filter((report) => kindOf(report) === Reports.KIND_LEADER)
    .map((report) =>
      viewOf(report).getBigUint64(Reports.DATA_HEADER_BYTES + Reports.LEADER_START_CYCLE, true),
    );
}

test("triggered frames start two cycles after the trigger's rise; the rate is that of the trigger", async () => {
  const free = await open();
  const frameCycles = free.read(Reg.REG_FRAME_TIME).value;
  const period = frameCycles + 123_456;
  const device = await open([
    [Reg.REG_SIM_TRIGGER_PERIOD, period],
    [Reg.REG_TRIGGER_MODE, 1],
  ]);
  expect(await take(device)).toEqual([0, 1, 2].map((frame) => BigInt(2 + frame * period)));
  expect(device.read(Reg.REG_FRAME_TIME).value).toBe(period);
  expect(device.read(Reg.REG_MIN_FRAME_TIME).value).toBe(frameCycles);
  expect(device.read(Reg.REG_ACQUISITION_FRAME_RATE).value).toBe(Math.round((1000 * 4e8) / period));
  expect(device.read(Reg.REG_MISSED_TRIGGERS).value).toBe(0);
});

test.each([
  [
    "no trigger",
    [],
    Reg.REG_TRIGGER_MODE,
    1,
    /no signal on the trigger input, expected SimTriggerPeriod above 0/,
  ],
  [
    "faster than the frame",
    [[Reg.REG_SIM_TRIGGER_PERIOD, 1000]],
    Reg.REG_TRIGGER_MODE,
    1,
    /found a trigger every 1000 cycles .*expected at least \d+, or fewer PulsesPerGate/,
  ],
] as const)("refused: %s", async (_, settings, address, value, text) => {
  const device = await open(settings);
  expect(device.write(address, value)).toBe(Status.STATUS_OUT_OF_RANGE);
  expect(lastRefusal(device)).toMatch(text);
});

test("the limit that a refusal tells can be had; more pulses then do not fit", async () => {
  const device = await open();
  const least = device.read(Reg.REG_FRAME_TIME).value;
  device.write(Reg.REG_SIM_TRIGGER_PERIOD, least);
  expect(device.write(Reg.REG_TRIGGER_MODE, 1)).toBe(Status.STATUS_OK);
  expect(device.write(Reg.REG_SIM_TRIGGER_PERIOD, least - 1)).toBe(Status.STATUS_OUT_OF_RANGE);
  expect(device.write(Reg.REG_PULSES_PER_GATE, PULSES + 1)).toBe(Status.STATUS_OUT_OF_RANGE);
  expect(device.write(Reg.REG_PULSES_PER_GATE, PULSES - 1)).toBe(Status.STATUS_OK);
});

test("the trigger cannot change while frames are acquired", async () => {
  const device = await open();
  device.write(Reg.REG_ACQUISITION_START, 1);
  expect(device.write(Reg.REG_SIM_TRIGGER_PERIOD, 4_000_000)).toBe(Status.STATUS_BUSY);
});
