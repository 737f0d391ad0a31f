import { expect, test } from "vitest";
import { READ_CDS, READ_RAMP } from "../../../hw-profiles/interface/memory-map.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import * as Status from "../../../hw-profiles/interface/status.ts";
import type { BoardOptions } from "../../../sim/board/board.ts";
import { imagingProfile, onlyEffects } from "../../support/imaging-profile.ts";
import {
  ALL_CREDIT,
  type BoardUnderTest,
  frameOf,
  kindOf,
  openBoard,
  payloadWord,
  sequenceOf,
  viewOf,
} from "./board-fixture.ts";

type Writes = readonly (readonly [address: number, value: number])[];

async function open(writes: Writes = [], options: Partial<BoardOptions> = {}): Promise<BoardUnderTest> {
  const scene = "uniform:photons=4e6,gradientX=0.5,gradientY=0.8";
  const device = await openBoard({ profile: imagingProfile, scene, ...options });
  for (const [address, value] of [
    [Reg.REG_COMPONENT_ENABLE, Reports.COMPONENT_IMAGING] as const,
    ...writes,
  ]) {
    expect(device.write(address, value)).toBe(Status.STATUS_OK);
  }
  device.write(Reg.REG_PIXEL_FORMAT, Reports.PIXEL_FORMAT_MONO16);
  return device;
}

/** Take frames; the board's reports, leader by leader. */
async function take(device: BoardUnderTest, frames: number): Promise<void> {
  expect(device.write(Reg.REG_ACQUISITION_FRAME_COUNT, frames)).toBe(Status.STATUS_OK);
  expect(device.write(Reg.REG_ACQUISITION_START, 1)).toBe(Status.STATUS_OK);
  device.board.grantCredit(ALL_CREDIT);
  for (let frame = 0; frame < frames; frame++) expect(await device.board.advance()).toBe("frame");
}

function stream(reports: readonly Uint8Array[], kind: number, frame: number): Buffer {
  return Buffer.concat(
    reports
      .filter((report) => kindOf(report) === kind && frameOf(report) === frame)
      .map((report) => {
        const length = viewOf(report).getUint16(Reports.DATA_PAYLOAD_LENGTH, true);
        return report.subarray(Reports.DATA_HEADER_BYTES, Reports.DATA_HEADER_BYTES + length);
      }),
  );
}

/** Raw codes of a frame, [line][read][column]. */
function codes(device: BoardUnderTest, frame: number): Uint16Array {
  const bytes = stream(device.reports, Reports.KIND_RAW, frame);
  return new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

async function bytesOf(writes: Writes, frames: number, options: Partial<BoardOptions>): Promise<Buffer> {
  const device = await open(writes, options);
  await take(device, frames);
  await device.board.close();
  return Buffer.concat(device.reports);
}

const RAMP: Writes = [
  [Reg.REG_READ_COUNT, 4],
  [Reg.REG_READ_MODE, READ_RAMP],
];

const modes: readonly [string, Writes][] = [
  ["single reads", []],
  ["cds", [[Reg.REG_READ_MODE, READ_CDS]]],
  ["ramp", RAMP],
  ["global", [[Reg.REG_SENSOR_SHUTTER_MODE, Reg.SHUTTER_GLOBAL]]],
  [
    "global reset, cds",
    [
      [Reg.REG_SENSOR_SHUTTER_MODE, Reg.SHUTTER_GLOBAL_RESET],
      [Reg.REG_READ_MODE, READ_CDS],
    ],
  ],
  [
    "binned region",
    [
      [Reg.REG_BINNING_HORIZONTAL, 4],
      [Reg.REG_BINNING_VERTICAL, 2],
      [Reg.REG_HEIGHT, 11],
      [Reg.REG_OFFSET_Y, 5],
    ],
  ],
];

test.each(modes)(
  "%s: 0, 1, 2 and 3 threads give the same bytes, with lag and a moving scene",
  async (_, writes) => {
    const bytes = (threads: number) => bytesOf(writes, 3, { threads, scene: "room" });
    const here = await bytes(0);
    for (const threads of [1, 2, 3]) expect((await bytes(threads)).equals(here)).toBe(true);
  },
);

test("a region has the bits of the full frame's crop, when frame period and exposure are the same", async () => {
  const full = await open();
  await take(full, 2);
  const part = await open([
    [Reg.REG_WIDTH, 20],
    [Reg.REG_HEIGHT, 13],
    [Reg.REG_OFFSET_X, 31],
    [Reg.REG_OFFSET_Y, 7],
  ]);
  await take(part, 2);
  expect(part.read(Reg.REG_FRAME_TIME).value).toBe(full.read(Reg.REG_FRAME_TIME).value);
  for (const frame of [0, 1]) {
    const crop: number[] = [];
    const all = codes(full, frame);
    for (let y = 7; y < 20; y++) crop.push(...all.subarray(y * 64 + 31, y * 64 + 51));
    expect([...codes(part, frame)]).toEqual(crop);
  }
});

test("decimation shows every second pixel's own code", async () => {
  const full = await open();
  await take(full, 1);
  const sparse = await open([
    [Reg.REG_DECIMATION_HORIZONTAL, 2],
    [Reg.REG_DECIMATION_VERTICAL, 2],
  ]);
  await take(sparse, 1);
  const all = codes(full, 0);
  const found = codes(sparse, 0);
  expect(found.length).toBe(32 * 24);
  found.forEach((code, at) => {
    expect(code).toBe(all[2 * Math.floor(at / 32) * 64 + 2 * (at % 32)]);
  });
});

test("leader and stamps tell region, reads, exposure and clock", async () => {
  const device = await open([...RAMP, [Reg.REG_WIDTH, 40], [Reg.REG_OFFSET_X, 9]]);
  await take(device, 2);
  const leaders = device.reports.filter((report) => kindOf(report) === Reports.KIND_LEADER);
  const leader = viewOf(leaders[1]!);
  const field = (offset: number) => Reports.DATA_HEADER_BYTES + offset;
  expect(leader.getUint16(field(Reports.LEADER_WIDTH), true)).toBe(40);
  expect(leader.getUint16(field(Reports.LEADER_GATES), true)).toBe(4);
  expect(leader.getUint16(field(Reports.LEADER_OFFSET_X), true)).toBe(9);
  const exposureNs = device.read(Reg.REG_EXPOSURE_TIME).value;
  expect(leader.getUint32(field(Reports.LEADER_EXPOSURE_NS), true)).toBe(exposureNs);
  const period = BigInt(device.read(Reg.REG_FRAME_TIME).value);
  expect(leader.getBigUint64(field(Reports.LEADER_START_CYCLE), true)).toBe(period);
  expect(device.reports.map(sequenceOf)).toEqual(device.reports.map((_, i) => i));
});

test("triggered frames start two cycles after the trigger's rise", async () => {
  const device = await open([
    [Reg.REG_SIM_TRIGGER_PERIOD, 4_000_000],
    [Reg.REG_TRIGGER_MODE, 1],
  ]);
  await take(device, 3);
  const starts = device.reports
    .filter((report) => kindOf(report) === Reports.KIND_LEADER)
    .map((report) =>
      viewOf(report).getBigUint64(Reports.DATA_HEADER_BYTES + Reports.LEADER_START_CYCLE, true),
    );
  expect(starts).toEqual([2n, 4_000_002n, 8_000_002n]);
  expect(device.read(Reg.REG_ACQUISITION_FRAME_RATE).value).toBe(50_000);
});

async function changing(threads: number): Promise<Buffer> {
  const device = await open([], { scene: "room", threads });
  device.board.grantCredit(ALL_CREDIT);
  device.write(Reg.REG_ACQUISITION_START, 1);
  for (const light of [1_000_000, 0, 0, 3_000_000, 500_000]) {
    device.write(Reg.REG_SIM_LIGHT, light);
    device.write(Reg.REG_EXPOSURE_TIME, 1_000_000 + light);
    await device.board.advance();
  }
  await device.board.close();
  return Buffer.concat(device.reports);
}

test("settings that change while workers expose ahead do not disturb what the traps remember", async () => {
  const here = await changing(0);
  expect((await changing(2)).equals(here)).toBe(true);
});

async function dropping(threads: number): Promise<Buffer> {
  const device = await open([], { threads });
  device.write(Reg.REG_ACQUISITION_START, 1);
  device.board.grantCredit(1);
  const results = [];
  for (let slot = 0; slot < 3; slot++) results.push(await device.board.advance());
  device.board.grantCredit(ALL_CREDIT);
  results.push(await device.board.advance());
  expect(results).toEqual(["frame", "dropped", "dropped", "frame"]);
  const leaders = device.reports.filter((report) => kindOf(report) === Reports.KIND_LEADER);
  expect(leaders.map((leader) => payloadWord(leader, Reports.LEADER_DROPPED_FRAMES))).toEqual([0, 2]);
  await device.board.close();
  return Buffer.concat(device.reports);
}

test("a dropped frame was exposed all the same: what follows is that of a board that dropped none", async () => {
  const here = await dropping(0);
  expect((await dropping(2)).equals(here)).toBe(true);
  const all = await open();
  await take(all, 4);
  const device = await open();
  device.write(Reg.REG_ACQUISITION_START, 1);
  device.board.grantCredit(1);
  for (let slot = 0; slot < 3; slot++) await device.board.advance();
  device.board.grantCredit(ALL_CREDIT);
  await device.board.advance();
  expect(codes(device, 3)).toEqual(codes(all, 3));
});

test("light and exposure scale the signal at the next frame", async () => {
  const effects = onlyEffects(imagingProfile.effects, ["shotNoise", "darkCurrent"]);
  const device = await open([], { scene: "uniform:photons=4e6", profile: { ...imagingProfile, effects } });
  device.board.grantCredit(ALL_CREDIT);
  device.write(Reg.REG_ACQUISITION_START, 1);
  const means: number[] = [];
  for (const [address, value] of [
    [Reg.REG_SIM_LIGHT, 1_000_000],
    [Reg.REG_SIM_LIGHT, 2_000_000],
    [Reg.REG_EXPOSURE_TIME, 2_500_000],
    [Reg.REG_SIM_LIGHT, 0],
  ] as const) {
    device.write(address, value);
    await device.board.advance();
    const raw = codes(device, means.length);
    means.push(raw.reduce((sum, code) => sum + code, 0) / raw.length - imagingProfile.adc.pedestalDn);
  }
  const [one, two, half, dark] = means;
  // 4e6 photons/s x 0.9 x 0.44 in 4.99 ms, and 2e-8 A/cm2 on 3.6e-6 cm2, at 24.97 e-/DN: 316.5 DN and 89.8 DN.
  // The mean of 3072 pixels has a standard deviation of 0.07 DN at 400 DN.
  expect(Math.abs(one! - 406.3)).toBeLessThan(1);
  expect(Math.abs(two! - 722.8)).toBeLessThan(1);
  const share = 2_506_220 / 4_989_960;
  expect(Math.abs(half! - share * (2 * 316.5 + 89.8))).toBeLessThan(1);
  expect(Math.abs(dark! - share * 89.8)).toBeLessThan(1);
});
