import { beforeEach, expect, test } from "vitest";
import { READ_CDS, READ_RAMP, READ_SINGLE } from "../../../hw-profiles/interface/memory-map.ts";
import { REGISTERS } from "../../../hw-profiles/interface/register-table.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import * as Status from "../../../hw-profiles/interface/status.ts";
import { sealed } from "../../reference/report-check.ts";
import { imagingProfile } from "../../support/imaging-profile.ts";
import { type BoardUnderTest, lastRefusal, openBoard, request, viewOf } from "./board-fixture.ts";

let device: BoardUnderTest;

const open = (profile = imagingProfile) => openBoard({ profile, scene: "uniform:photons=2e6" });

beforeEach(async () => {
  device = await open();
});

const read = (address: number) => device.read(address).value;
const readReal = (address: number) => viewOf(device.read(address).data).getFloat32(0, true);

/** Several registers in one request. */
function writeWords(address: number, values: readonly number[]): number {
  const report = request(Reports.OPERATION_WRITE, address, 4 * values.length, 0);
  values.forEach((value, i) => {
    viewOf(report).setUint32(Reports.REGISTER_DATA + 4 * i, value, true);
  });
  device.board.registers.request(sealed(report));
  return device.board.registers.reply()[Reports.REGISTER_STATUS]!;
}

function bits(real: number): number {
  return new Uint32Array(Float32Array.of(real).buffer)[0]!;
}

/** Of the test profile at 200 MHz: T = R 200 + U (S 100 + C 4096). */
const SLOT_NS = (200 + 100 + 4096) * 5;

test("every register of the contract reads", () => {
  for (const entry of REGISTERS.filter(({ access }) => access !== "wo")) {
    expect(device.read(entry.address).status, entry.name).toBe(Status.STATUS_OK);
  }
});

test("power-on state follows from the profile", () => {
  expect(read(Reg.REG_MODE)).toBe(1);
  expect([read(Reg.REG_WIDTH), read(Reg.REG_HEIGHT)]).toEqual([64, 48]);
  expect(read(Reg.REG_READ_MODE)).toBe(READ_SINGLE);
  expect(read(Reg.REG_READ_COUNT)).toBe(1);
  expect(read(Reg.REG_SENSOR_SHUTTER_MODE)).toBe(Reg.SHUTTER_ROLLING);
  expect(read(Reg.REG_ROW_TIME)).toBe(SLOT_NS / 5);
  expect(read(Reg.REG_MIN_FRAME_TIME)).toBe(228 * (SLOT_NS / 5));
  expect(readReal(Reg.REG_GAIN)).toBe(1);
  expect(readReal(Reg.REG_ELECTRONS_PER_DN)).toBeCloseTo((1e-14 * 1.6) / 1.602176634e-19 / 4000, 4);
  expect(readReal(Reg.REG_INTENSITY_SCALE)).toBe(0.0625);
  expect(read(Reg.REG_INTENSITY_OFFSET)).toBe(1024);
  expect(read(Reg.REG_COMPONENT_ENABLE)).toBe(Reports.COMPONENT_IMAGING & ~Reports.COMPONENT_RAW);
});

test("exposure and rate go to whole row slots and read what is realised", () => {
  // Of a single read the settling, 500 ns, counts too.
  expect(read(Reg.REG_EXPOSURE_TIME)).toBe(227 * SLOT_NS + 500);
  device.write(Reg.REG_EXPOSURE_TIME, 1_000_000);
  expect(read(Reg.REG_EXPOSURE_TIME)).toBe(45 * SLOT_NS + 500);
  device.write(Reg.REG_EXPOSURE_TIME, 1);
  expect(read(Reg.REG_EXPOSURE_TIME)).toBe(SLOT_NS + 500);
  expect(device.write(Reg.REG_ACQUISITION_FRAME_RATE, 100_000)).toBe(Status.STATUS_OK);
  const slots = Math.round(1e7 / SLOT_NS);
  expect(read(Reg.REG_FRAME_TIME)).toBe(slots * (SLOT_NS / 5));
  expect(read(Reg.REG_ACQUISITION_FRAME_RATE)).toBe(Math.round(1e12 / (slots * SLOT_NS)));
});

test("a rate that was read can be written again, up to the shortest frame", () => {
  const fastest = Math.floor((1000 * 200e6) / read(Reg.REG_MIN_FRAME_TIME));
  expect(device.write(Reg.REG_ACQUISITION_FRAME_RATE, fastest)).toBe(Status.STATUS_OK);
  expect(read(Reg.REG_FRAME_TIME)).toBe(read(Reg.REG_MIN_FRAME_TIME));
  expect(device.write(Reg.REG_ACQUISITION_FRAME_RATE, read(Reg.REG_ACQUISITION_FRAME_RATE))).toBe(
    Status.STATUS_OK,
  );
});

test("cds, ramp and global exposures are those of the light between the reads", () => {
  device.write(Reg.REG_READ_MODE, READ_CDS);
  const cdsSlotNs = (200 + 2 * 4196) * 5;
  expect(read(Reg.REG_READ_COUNT)).toBe(2);
  expect(read(Reg.REG_EXPOSURE_TIME)).toBe(116 * cdsSlotNs + 4196 * 5);
  device.write(Reg.REG_READ_COUNT, 4);
  device.write(Reg.REG_READ_MODE, READ_RAMP);
  expect(read(Reg.REG_READ_COUNT)).toBe(4);
  expect(read(Reg.REG_EXPOSURE_TIME)).toBe(3 * 76 * SLOT_NS);
  device.write(Reg.REG_READ_MODE, READ_SINGLE);
  device.write(Reg.REG_SENSOR_SHUTTER_MODE, Reg.SHUTTER_GLOBAL);
  device.write(Reg.REG_EXPOSURE_TIME, 123_455);
  expect(read(Reg.REG_EXPOSURE_TIME)).toBe(123_455);
});

test("gain changes e-/DN; binning adds the electrons of its pixels", () => {
  const unity = readReal(Reg.REG_ELECTRONS_PER_DN);
  expect(device.write(Reg.REG_GAIN, bits(2.5))).toBe(Status.STATUS_OK);
  expect(readReal(Reg.REG_GAIN)).toBe(2.5);
  expect(readReal(Reg.REG_ELECTRONS_PER_DN)).toBeCloseTo(unity / 2.5, 4);
  device.write(Reg.REG_BINNING_HORIZONTAL, 2);
  device.write(Reg.REG_BINNING_VERTICAL, 4);
  expect(readReal(Reg.REG_ELECTRONS_PER_DN)).toBeCloseTo((8 * unity) / 2.5, 3);
});

test("binning and decimation bring the whole array back in their direction", () => {
  writeWords(Reg.REG_WIDTH, [10, 12, 3, 5]);
  device.write(Reg.REG_DECIMATION_HORIZONTAL, 4);
  expect([read(Reg.REG_WIDTH), read(Reg.REG_OFFSET_X)]).toEqual([16, 0]);
  expect([read(Reg.REG_HEIGHT), read(Reg.REG_OFFSET_Y)]).toEqual([12, 5]);
  device.write(Reg.REG_BINNING_VERTICAL, 2);
  expect([read(Reg.REG_HEIGHT), read(Reg.REG_OFFSET_Y)]).toEqual([24, 0]);
});

test("a region in one request: each value must fit those before it, and none stays if one does not", () => {
  expect(writeWords(Reg.REG_WIDTH, [32, 16, 32, 32])).toBe(Status.STATUS_OK);
  expect(writeWords(Reg.REG_WIDTH, [16, 8, 40, 41])).toBe(Status.STATUS_OUT_OF_RANGE);
  expect([Reg.REG_WIDTH, Reg.REG_HEIGHT, Reg.REG_OFFSET_X, Reg.REG_OFFSET_Y].map(read)).toEqual([
    32, 16, 32, 32,
  ]);
});

type Writes = readonly (readonly [address: number, value: number])[];

const refused: readonly [what: string, before: Writes, address: number, value: number, text: RegExp][] = [
  [
    "region beyond the columns",
    [],
    Reg.REG_OFFSET_X,
    1,
    /ends at 65 \(OffsetX 1 \+ Width 64\), expected at most 64/,
  ],
  [
    "region beyond the rows",
    [],
    Reg.REG_HEIGHT,
    49,
    /^Height: found a region that ends at 49 .* expected at most 48/,
  ],
  [
    "region beyond the binned array",
    [[Reg.REG_BINNING_HORIZONTAL, 2]],
    Reg.REG_WIDTH,
    33,
    /ends at 33 .* expected at most 32/,
  ],
  ["empty region", [], Reg.REG_WIDTH, 0, /^Width: found 0, expected 1 to 1280/],
  ["bin of 3", [], Reg.REG_BINNING_VERTICAL, 3, /found BinningVertical 3, expected 1, 2 or 4/],
  [
    "binned and decimated",
    [[Reg.REG_BINNING_VERTICAL, 2]],
    Reg.REG_DECIMATION_VERTICAL,
    2,
    /expected one of them to be 1/,
  ],
  [
    "exposure longer than the frame",
    [],
    Reg.REG_EXPOSURE_TIME,
    20_000_000,
    /an exposure longer than the frame allows: .*expected at most 16639360 ns, or at most 49\d\d\d mHz/,
  ],
  [
    "rate faster than the exposure",
    [],
    Reg.REG_ACQUISITION_FRAME_RATE,
    500_000,
    /expected at most 1978700 ns, or at most 199543 mHz/,
  ],
  [
    "rate faster than the read",
    [[Reg.REG_EXPOSURE_TIME, 1]],
    Reg.REG_ACQUISITION_FRAME_RATE,
    2_000_000,
    /faster than the read of 48 lines: expected at most 947\d\d\d mHz/,
  ],
  [
    "ramp shorter than its reads",
    [[Reg.REG_READ_COUNT, 8]],
    Reg.REG_READ_MODE,
    READ_RAMP,
    /a ramp of 8 reads .*expected at least 7385280 ns/,
  ],
  [
    "ramp with a global shutter",
    [[Reg.REG_SENSOR_SHUTTER_MODE, Reg.SHUTTER_GLOBAL_RESET]],
    Reg.REG_READ_MODE,
    READ_RAMP,
    /found a ramp with a global shutter, expected the rolling one/,
  ],
  [
    "ramp beyond the frame store",
    [[Reg.REG_READ_COUNT, 33]],
    Reg.REG_READ_MODE,
    READ_RAMP,
    /expected at most 32/,
  ],
  [
    "trigger faster than the frame",
    [[Reg.REG_SIM_TRIGGER_PERIOD, 1_000_000]],
    Reg.REG_TRIGGER_MODE,
    1,
    /every 1000000 cycles .* faster than the frame: expected at least 1208980/,
  ],
  ["no trigger", [], Reg.REG_TRIGGER_MODE, 1, /no signal on the trigger input/],
  [
    "exposure longer than the trigger allows",
    [
      [Reg.REG_SIM_TRIGGER_PERIOD, 1_300_000],
      [Reg.REG_TRIGGER_MODE, 1],
    ],
    Reg.REG_EXPOSURE_TIME,
    6_000_000,
    /faster than the frame: expected at least/,
  ],
  ["gain beyond the amplifier", [], Reg.REG_GAIN, bits(8.5), /^Gain: found 8.5, expected at most 8/],
  ["gain below unity", [], Reg.REG_GAIN, bits(0.5), /expected 1 to 64/],
  ["gain that is no number", [], Reg.REG_GAIN, bits(Number.NaN), /found NaN/],
  ["probe outside the region", [[Reg.REG_WIDTH, 8]], Reg.REG_PROBE_X, 8, /expected a pixel of the frame/],
  [
    "component of ranging",
    [],
    Reg.REG_COMPONENT_ENABLE,
    Reports.COMPONENT_RANGE,
    /the components of imaging/,
  ],
];

test.each(refused)("%s is refused with the limit", (_, before, address, value, text) => {
  for (const [register, setting] of before) expect(device.write(register, setting)).toBe(Status.STATUS_OK);
  const kept = read(address);
  expect(device.write(address, value)).toBe(Status.STATUS_OUT_OF_RANGE);
  expect(lastRefusal(device)).toMatch(text);
  expect(read(address)).toBe(kept);
});

test("the limits that a refusal tells can be had", () => {
  const told = (pattern: RegExp) => Number(pattern.exec(lastRefusal(device))?.[1]);
  device.write(Reg.REG_EXPOSURE_TIME, 20_000_000);
  expect(device.write(Reg.REG_EXPOSURE_TIME, told(/at most (\d+) ns/))).toBe(Status.STATUS_OK);
  expect(read(Reg.REG_MIN_FRAME_TIME)).toBe(read(Reg.REG_FRAME_TIME));
  device.write(Reg.REG_ACQUISITION_FRAME_RATE, 500_000);
  expect(device.write(Reg.REG_ACQUISITION_FRAME_RATE, told(/or at most (\d+) mHz/))).toBe(Status.STATUS_OK);
  device.write(Reg.REG_READ_COUNT, 8);
  device.write(Reg.REG_EXPOSURE_TIME, 1_000_000);
  device.write(Reg.REG_READ_MODE, READ_RAMP);
  expect(device.write(Reg.REG_EXPOSURE_TIME, told(/at least (\d+) ns/))).toBe(Status.STATUS_OK);
  expect(device.write(Reg.REG_READ_MODE, READ_RAMP)).toBe(Status.STATUS_OK);
});

test("a chip without film gate has no global shutter", async () => {
  device = await open({ ...imagingProfile, roic: { ...imagingProfile.roic, filmGate: false } });
  expect(device.write(Reg.REG_SENSOR_SHUTTER_MODE, Reg.SHUTTER_GLOBAL)).toBe(Status.STATUS_OUT_OF_RANGE);
  expect(lastRefusal(device)).toMatch(/no film gate/);
  expect(device.write(Reg.REG_SENSOR_SHUTTER_MODE, Reg.SHUTTER_GLOBAL_RESET)).toBe(Status.STATUS_OK);
});

test("a profile that starts with what its chip cannot run is refused", async () => {
  const exposure = { ...imagingProfile.exposure, frameRateHz: 2000 };
  await expect(open({ ...imagingProfile, exposure })).rejects.toThrow(
    /profile test-imaging-64x48, exposure: found AcquisitionFrameRate/,
  );
});

test("what shapes the stream is busy while frames are acquired; exposure, gain and light are not", () => {
  device.write(Reg.REG_ACQUISITION_START, 1);
  const shaping = [
    Reg.REG_WIDTH,
    Reg.REG_BINNING_VERTICAL,
    Reg.REG_SENSOR_SHUTTER_MODE,
    Reg.REG_READ_MODE,
    Reg.REG_TRIGGER_MODE,
  ];
  for (const address of shaping) expect(device.write(address, 1)).toBe(Status.STATUS_BUSY);
  expect(lastRefusal(device)).toMatch(/^TriggerMode: cannot change while frames are acquired/);
  expect(device.write(Reg.REG_EXPOSURE_TIME, 1_000_000)).toBe(Status.STATUS_OK);
  expect(device.write(Reg.REG_ACQUISITION_FRAME_RATE, 50_000)).toBe(Status.STATUS_OK);
  expect(device.write(Reg.REG_GAIN, bits(2))).toBe(Status.STATUS_OK);
  expect(device.write(Reg.REG_SIM_LIGHT, 0)).toBe(Status.STATUS_OK);
});

test("registers of ranging cannot be written", () => {
  expect(device.write(Reg.REG_PULSES_PER_GATE, 100)).toBe(Status.STATUS_READ_ONLY);
  expect(lastRefusal(device)).toMatch(/^PulsesPerGate: is fixed in this mode/);
});
