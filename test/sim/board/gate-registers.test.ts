import { afterEach, expect, test } from "vitest";
import * as Memory from "../../../hw-profiles/interface/memory-map.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as Status from "../../../hw-profiles/interface/status.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { type BoardUnderTest, lastRefusal, openBoard } from "./board-fixture.ts";

let device: BoardUnderTest | undefined;

afterEach(async () => {
  await device?.board.close();
});

async function open(options: Parameters<typeof openBoard>[0] = {}): Promise<BoardUnderTest> {
  device = await openBoard(options);
  return device;
}

function delay(board: BoardUnderTest, gate: number, ps: number): number {
  return board.write(Reg.REG_GATE_DELAY + 4 * gate, ps >>> 0);
}

function readDelay(board: BoardUnderTest, gate: number): number {
  return board.read(Reg.REG_GATE_DELAY + 4 * gate).value | 0;
}

/** f32 of the parameter block that the next frame would have. */
function parameter(board: BoardUnderTest, offset: number): number {
  const { parameters } = board.board.sensor.plan();
  return new DataView(parameters.buffer, parameters.byteOffset).getFloat32(offset, true);
}

test("a delay goes to the nearest of eight phases of 400 MHz, whatever its neighbours", async () => {
  const board = await open();
  expect(delay(board, 3, 40_100)).toBe(Status.STATUS_OK);
  expect(readDelay(board, 3)).toBe(40_000);
  expect(delay(board, 4, 40_200)).toBe(Status.STATUS_OK);
  expect(readDelay(board, 4)).toBe(40_313);
  expect(delay(board, 5, 40_000)).toBe(Status.STATUS_OK);
  expect(delay(board, 6, -20_000)).toBe(Status.STATUS_OK);
  expect([2, 3, 4, 5, 6, 7].map((gate) => readDelay(board, gate))).toEqual([
    0, 40_000, 40_313, 40_000, -20_000, 31_250,
  ]);
  expect(parameter(board, Memory.PARAM_GATE_DELAYS_NS + 12)).toBe(40);
  expect(parameter(board, Memory.PARAM_GATE_DELAYS_NS + 24)).toBe(-20);
});

test("one width for all gates; the open time follows", async () => {
  const board = await open();
  expect(board.write(Reg.REG_GATE_WIDTH + 40, 30_100)).toBe(Status.STATUS_OK);
  for (const gate of [0, 10, 31]) expect(board.read(Reg.REG_GATE_WIDTH + 4 * gate).value).toBe(30_000);
  expect(board.read(Reg.REG_EXPOSURE_TIME).value).toBe(500 * 30);
  expect(parameter(board, Memory.PARAM_GATE_WIDTHS_NS + 124)).toBe(30);
  expect(readDelay(board, 31)).toBe(181_250);
});

test("gates end with the pulse period, the laser's lead counted in", async () => {
  const board = await open();
  expect(delay(board, 31, 972_500)).toBe(Status.STATUS_OK);
  expect(delay(board, 30, 972_900)).toBe(Status.STATUS_OUT_OF_RANGE);
  expect(lastRefusal(board)).toContain(
    "1000.3125 ns with the laser's lead, expected at most the pulse period, 1000 ns",
  );
  expect(delay(board, 0, -12_600)).toBe(Status.STATUS_OK);
  expect(delay(board, 0, -12_700)).toBe(Status.STATUS_OUT_OF_RANGE);
  expect(board.write(Reg.REG_GATE_WIDTH, 100)).toBe(Status.STATUS_OUT_OF_RANGE);
  expect(lastRefusal(board)).toContain("at least one phase, 0.3125 ns");
  expect(readDelay(board, 30)).toBe(175_000);
});

test("elements beyond the gates of a frame read 0 and take only that", async () => {
  const board = await open();
  expect(delay(board, 32, 0)).toBe(Status.STATUS_OK);
  expect(delay(board, 32, 1000)).toBe(Status.STATUS_OUT_OF_RANGE);
  expect(readDelay(board, 32)).toBe(0);
});

test("a swept reset keeps its gates", async () => {
  const board = await open({ profile: loadLidarProfile("inas-lidar-64x48-swept") });
  expect(delay(board, 0, 0)).toBe(Status.STATUS_READ_ONLY);
  expect(board.write(Reg.REG_GATE_WIDTH, 15_000)).toBe(Status.STATUS_READ_ONLY);
});

test("settings that are held back take effect together", async () => {
  const board = await open();
  expect(board.write(Reg.REG_SETTINGS_HOLD, 1)).toBe(Status.STATUS_OK);
  delay(board, 0, 50_000);
  board.write(Reg.REG_GATE_WIDTH, 20_000);
  expect(readDelay(board, 0)).toBe(50_000);
  expect(parameter(board, Memory.PARAM_GATE_DELAYS_NS)).toBe(-12.5);
  expect(parameter(board, Memory.PARAM_GATE_WIDTHS_NS)).toBe(15);
  board.write(Reg.REG_SETTINGS_HOLD, 0);
  expect(parameter(board, Memory.PARAM_GATE_DELAYS_NS)).toBe(50);
  expect(parameter(board, Memory.PARAM_GATE_WIDTHS_NS)).toBe(20);
});

test("SettingsFrame tells the first frame with what was written", async () => {
  const board = await open();
  expect(board.read(Reg.REG_SETTINGS_FRAME).value).toBe(0);
  board.board.grantCredit(100_000);
  board.write(Reg.REG_ACQUISITION_START, 1);
  const running = board.board.advance();
  expect(board.read(Reg.REG_SETTINGS_FRAME).value).toBe(1);
  await running;
  expect(board.read(Reg.REG_SETTINGS_FRAME).value).toBe(1);
  await board.board.advance();
  expect(board.read(Reg.REG_SETTINGS_FRAME).value).toBe(2);
});

async function reports(threads: number, restore: boolean): Promise<Buffer> {
  const board = await open({ threads });
  board.board.grantCredit(100_000);
  board.write(Reg.REG_ACQUISITION_START, 1);
  await board.board.advance();
  for (let gate = 8; gate < 32; gate++) delay(board, gate, gate < 20 ? 13_000 : 53_000);
  await board.board.advance();
  if (restore) for (let gate = 8; gate < 32; gate++) delay(board, gate, -12_500 + 6250 * gate);
  await board.board.advance();
  await board.board.close();
  return Buffer.concat(board.reports);
}

test("worker threads expose the same bytes with gates that change between frames", async () => {
  const alone = await reports(0, false);
  expect((await reports(2, false)).equals(alone)).toBe(true);
  expect((await reports(0, true)).equals(alone)).toBe(false);
});

test("delays written back give the bytes of a board that was left alone", async () => {
  const bytes = async (touch: boolean) => {
    const board = await open();
    if (touch) {
      delay(board, 5, 100_000);
      delay(board, 5, 18_750);
    }
    board.board.grantCredit(100_000);
    board.write(Reg.REG_ACQUISITION_START, 1);
    await board.board.advance();
    return Buffer.concat(board.reports);
  };
  expect((await bytes(true)).equals(await bytes(false))).toBe(true);
});
