import { beforeAll, expect, test } from "vitest";
import { calibration } from "../../../hw-profiles/interface/register-group-calibration.ts";
import { REGISTERS, type RegisterEntry } from "../../../hw-profiles/interface/register-table.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import * as Status from "../../../hw-profiles/interface/status.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { sealed } from "../../reference/report-check.ts";
import { type BoardUnderTest, openBoard, request, testProfile, viewOf } from "./board-fixture.ts";

let device: BoardUnderTest;

beforeAll(async () => {
  device = await openBoard();
});

const named = REGISTERS.map((entry): [string, RegisterEntry] => [entry.name, entry]);
const readable = named.filter(([, entry]) => entry.access !== "wo");
const readOnly = named.filter(([, entry]) => entry.access === "ro");
const writeOnly = named.filter(([, entry]) => entry.access === "wo");
/** Of imaging mode; LiDAR boards answer that they cannot be written. */
const FIXED: ReadonlySet<number> = new Set([
  Reg.REG_WIDTH,
  Reg.REG_HEIGHT,
  Reg.REG_OFFSET_X,
  Reg.REG_OFFSET_Y,
  Reg.REG_BINNING_HORIZONTAL,
  Reg.REG_BINNING_VERTICAL,
  Reg.REG_DECIMATION_HORIZONTAL,
  Reg.REG_DECIMATION_VERTICAL,
  Reg.REG_CORRECTION_ENABLE,
  Reg.REG_EXPOSURE_TIME,
  Reg.REG_SENSOR_SHUTTER_MODE,
  Reg.REG_READ_MODE,
  Reg.REG_READ_COUNT,
  Reg.REG_JUMP_THRESHOLD,
  Reg.REG_ACQUISITION_FRAME_RATE,
  Reg.REG_GAIN,
  Reg.REG_SIM_LIGHT,
]);
/** Calibration has a test of its own. */
const ADDRESSES_OF_CALIBRATION: ReadonlySet<number> = new Set(calibration.map((entry) => entry.address));
const readWrite = named.filter(
  ([, entry]) => entry.access === "rw" && !ADDRESSES_OF_CALIBRATION.has(entry.address),
);
const writable = readWrite.filter(([, entry]) => !FIXED.has(entry.address));
const fixed = readWrite.filter(([, entry]) => FIXED.has(entry.address));

test.each(readable)("%s reads, every element of it", (_, entry) => {
  for (let offset = 0; offset < entry.bytes * entry.count; offset += 4) {
    expect(device.read(entry.address + offset).status).toBe(Status.STATUS_OK);
  }
});

const untouched = readOnly.filter(([, entry]) => entry.address !== Reg.REG_LAST_REFUSAL);

test.each([...untouched, ...fixed])("%s cannot be written", (_, entry) => {
  const before = device.read(entry.address).value;
  expect(device.write(entry.address, 1)).toBe(Status.STATUS_READ_ONLY);
  expect(device.read(entry.address).value).toBe(before);
});

test.each(writeOnly.filter(([, { max }]) => max === 1))(
  "%s cannot be read, and takes nothing but 1",
  (_, entry) => {
    expect(device.read(entry.address).status).toBe(Status.STATUS_WRITE_ONLY);
    expect(device.write(entry.address, 0)).toBe(Status.STATUS_OUT_OF_RANGE);
    expect(device.write(entry.address, 2)).toBe(Status.STATUS_OUT_OF_RANGE);
  },
);

/** Largest value that this board takes, where that is less than the table's limit. */
const BOARD_LIMITS: ReadonlyMap<number, number> = new Map([
  [Reg.REG_COMPONENT_ENABLE, Reports.COMPONENT_LIDAR],
  [Reg.REG_PROBE_X, testProfile.array.widthPx - 1],
  [Reg.REG_PROBE_Y, testProfile.array.heightPx - 1],
]);

/** Needs another register first, or says who may write at all: has a test of its own. */
const conditional: ReadonlySet<number> = new Set([
  Reg.REG_TRIGGER_MODE,
  Reg.REG_GATE_DELAY,
  Reg.REG_GATE_WIDTH,
  Reg.REG_SESSION_TOKEN,
  Reg.REG_FLASH_WINDOW_OFFSET,
]);
const free = writable.filter(([, entry]) => !conditional.has(entry.address));

test.each(free)("%s keeps what is written within its limits and refuses the rest", (_, entry) => {
  const start = device.read(entry.address).value;
  const top = BOARD_LIMITS.get(entry.address) ?? entry.max!;
  const middle = Math.floor((entry.min! + top) / 2);
  // A bit field with gaps: the middle of its limits is none of its values.
  const between = entry.address === Reg.REG_COMPONENT_ENABLE ? middle & top : middle;
  for (const value of [entry.min!, top, between]) {
    expect(device.write(entry.address, value)).toBe(Status.STATUS_OK);
    expect(device.read(entry.address).value).toBe(value >>> 0);
  }
  const kept = device.read(entry.address).value;
  if (entry.min! > 0) expect(device.write(entry.address, entry.min! - 1)).toBe(Status.STATUS_OUT_OF_RANGE);
  if (top < 0xffffffff) expect(device.write(entry.address, top + 1)).toBe(Status.STATUS_OUT_OF_RANGE);
  expect(device.read(entry.address).value).toBe(kept);
  device.write(entry.address, start);
});

test("addresses without a register are refused, for reading and for writing", () => {
  const known = new Set(
    REGISTERS.flatMap((entry) =>
      Array.from({ length: (entry.bytes * entry.count) / 4 }, (_, word) => entry.address + 4 * word),
    ),
  );
  for (let address = 0; address < 0x10000; address += 4) {
    if (known.has(address)) continue;
    if (device.read(address).status !== Status.STATUS_BAD_ADDRESS)
      throw new Error(`read of ${address} was answered`);
    if (device.write(address, 1) !== Status.STATUS_BAD_ADDRESS)
      throw new Error(`write of ${address} was answered`);
  }
  expect(device.read(Reg.REG_WIDTH + 2).status).toBe(Status.STATUS_BAD_ADDRESS);
  expect(device.read(0xfffc).status).toBe(Status.STATUS_BAD_ADDRESS);
});

test.each([0, 1, 3, 6, 52, 255])("a read of %s bytes is refused", (length) => {
  expect(device.read(Reg.REG_DEVICE_MODEL_NAME, length).status).toBe(Status.STATUS_BAD_LENGTH);
});

test("registers side by side are read in one request, up to the first gap", () => {
  const { status, data } = device.read(Reg.REG_SENSOR_WIDTH, 16);
  expect(status).toBe(Status.STATUS_OK);
  expect([...new Uint32Array(data.slice().buffer)]).toEqual([64, 48, 64, 48]);
  expect(device.read(Reg.REG_DEVICE_MAGIC, 16).status).toBe(Status.STATUS_BAD_ADDRESS);
});

test("a write of several registers changes none if one value is refused", () => {
  const before = device.read(Reg.REG_PROBE_X).value;
  const report = request(Reports.OPERATION_WRITE, Reg.REG_PROBE_X, 8, 5);
  viewOf(report).setUint32(Reports.REGISTER_DATA + 4, 48, true);
  device.board.registers.request(sealed(report));
  expect(device.board.registers.reply()[Reports.REGISTER_STATUS]).toBe(Status.STATUS_OUT_OF_RANGE);
  expect(device.read(Reg.REG_PROBE_X).value).toBe(before);
});

test("values follow from the profile", () => {
  const text = (address: number, length: number) => Buffer.from(device.read(address, length).data).toString();
  expect(text(Reg.REG_DEVICE_MODEL_NAME, 32).replaceAll("\0", "")).toBe("inas-lidar-64x48");
  expect(text(Reg.REG_DEVICE_SERIAL_NUMBER, 16).replaceAll("\0", "")).toBe(testProfile.serialNumber);
  expect(device.read(Reg.REG_DEVICE_TEMPERATURE).value).toBe(testProfile.environment.temperatureC * 1000);
  expect(device.read(Reg.REG_SIM_AMBIENT).value).toBe(testProfile.environment.ambientSun * 1e6);
  expect(device.read(Reg.REG_DETECTION_THRESHOLD).value).toBe(testProfile.readout.detectionSigma * 1000);
  expect(device.read(Reg.REG_EXPOSURE_TIME).value).toBe(testProfile.gates.pulsesPerGate * 15);
  expect(device.read(Reg.REG_GATE_DELAY).value | 0).toBe(-12500);
  expect(device.read(Reg.REG_GATE_DELAY + 4 * 31).value).toBe(181250);
  expect(device.read(Reg.REG_GATE_DELAY + 4 * 32).value).toBe(0);
  expect(viewOf(device.read(Reg.REG_SIGMA_SCALE).data).getFloat32(0, true)).toBe(Math.fround(0.0000625));
});

test("fewer pulses shorten the frame", () => {
  const before = device.read(Reg.REG_FRAME_TIME).value;
  device.write(Reg.REG_PULSES_PER_GATE, 250);
  expect(device.read(Reg.REG_GATE_TIME).value).toBe(800 + 250 * 400);
  expect(before - device.read(Reg.REG_FRAME_TIME).value).toBe(32 * 250 * 400);
  device.write(Reg.REG_PULSES_PER_GATE, testProfile.gates.pulsesPerGate);
});

test("a swept reset takes one pulse, and 14-bit codes do not pack into 12", async () => {
  const swept = await openBoard({ profile: loadLidarProfile("inas-lidar-64x48-swept") });
  expect(swept.write(Reg.REG_PULSES_PER_GATE, 2)).toBe(Status.STATUS_OUT_OF_RANGE);
  expect(swept.write(Reg.REG_PULSES_PER_GATE, 1)).toBe(Status.STATUS_OK);
  const wide = await openBoard({ profile: { ...testProfile, adc: { ...testProfile.adc, bits: 14 } } });
  expect(wide.write(Reg.REG_PIXEL_FORMAT, Reports.PIXEL_FORMAT_MONO12P)).toBe(Status.STATUS_OUT_OF_RANGE);
});

test("requests that cannot be read get a reply that says so", () => {
  const reply = (report: Uint8Array) => {
    device.board.registers.request(report);
    return device.board.registers.reply()[Reports.REGISTER_STATUS];
  };
  expect(reply(request(9, 0, 4, 0))).toBe(Status.STATUS_BAD_REPORT);
  expect(reply(new Uint8Array(0))).toBe(Status.STATUS_BAD_CHECK);
  expect(reply(request(Reports.OPERATION_READ, 0, 4, 0).subarray(0, 8))).toBe(Status.STATUS_BAD_CHECK);
  // What is cut off is zeros, and so is what stands in their place.
  expect(reply(request(Reports.OPERATION_READ, 0, 4, 0).subarray(0, 32))).toBe(Status.STATUS_BAD_CHECK);
  expect(reply(new Uint8Array(Reports.REGISTER_REPORT_BYTES + 1))).toBe(Status.STATUS_BAD_CHECK);
});
