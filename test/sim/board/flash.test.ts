import { createHash } from "node:crypto";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { developmentFlash } from "../../../host/transport/sim/factory-image.ts";
import * as Flash from "../../../hw-profiles/interface/flash.ts";
import * as Image from "../../../hw-profiles/interface/image.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { STATUS_OK, STATUS_RECOVERY } from "../../../hw-profiles/interface/status.ts";
import type { FlashState } from "../../../sim/board/flash/flash-unit.ts";
import { readArtefact } from "../../../sim/pool/artefacts.ts";
import { ALL_CREDIT, type BoardUnderTest, openBoard } from "./board-fixture.ts";

let scalar: Uint8Array;
let device: BoardUnderTest;
let saved: FlashState | undefined;

const simd = { bytes: readArtefact("readout.wasm"), name: "readout.wasm" };

beforeAll(() => {
  const bytes = readArtefact("readout-scalar.wasm");
  scalar = developmentFlash({ bytes, name: "scalar" }).factoryImage!();
});
beforeEach(async () => {
  device = await openBoard({
    firmware: simd,
    flash: { ...developmentFlash(simd), onChange: (state) => (saved = state) },
  });
});
afterEach(() => device.board.close());

function fill(bytes: Uint8Array): void {
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  for (let at = 0; at < padded.length; at += 4) {
    expect(device.write(Reg.REG_FLASH_WINDOW_OFFSET, at)).toBe(STATUS_OK);
    expect(device.write(Reg.REG_FLASH_WINDOW_DATA, view.getUint32(at, true))).toBe(STATUS_OK);
  }
}

function command(code: number): number {
  expect(device.write(Reg.REG_FLASH_COMMAND, code)).toBe(STATUS_OK);
  return device.read(Reg.REG_FLASH_RESULT).value;
}

function status(offset: number): number {
  return device.read(Reg.REG_BOOT_STATUS + offset).value;
}

function install(image: Uint8Array): number {
  fill(image.subarray(0, Image.IMAGE_MANIFEST_BYTES));
  let code = command(Reg.FLASH_BEGIN);
  while (code === 0 && status(Flash.BOOT_STATUS_PROGRESS) < status(Flash.BOOT_STATUS_SECTORS)) {
    const offset = status(Flash.BOOT_STATUS_NEXT_OFFSET);
    const end = Math.min(status(Flash.BOOT_STATUS_NEXT_END), offset + Flash.BOOT_DATA_BYTES);
    fill(image.subarray(offset, end));
    device.write(Reg.REG_FLASH_OFFSET, offset);
    device.write(Reg.REG_FLASH_LENGTH, end - offset);
    code = command(Reg.FLASH_WRITE);
  }
  return code === 0 ? command(Reg.FLASH_FINISH) : code;
}

async function frames(count: number): Promise<string[]> {
  device.reports.length = 0;
  device.write(Reg.REG_ACQUISITION_FRAME_COUNT, count);
  expect(device.write(Reg.REG_ACQUISITION_START, 1)).toBe(STATUS_OK);
  device.board.grantCredit(ALL_CREDIT);
  for (let i = 0; i < count; i++) await device.board.advance();
  return device.reports.map((report) => createHash("sha256").update(report).digest("hex"));
}

it("leaves the factory with its module in a confirmed slot", () => {
  expect(status(Flash.BOOT_STATUS_RESULT)).toBe(Flash.BOOT_CONFIRMED);
  expect(status(Flash.BOOT_STATUS_RUNNING)).toBe(0);
  expect(device.read(Reg.REG_SLOT_MANIFEST).value).toBe(Image.IMAGE_MAGIC);
  expect(device.read(Reg.REG_BOOT_COUNT).value).toBe(0);
});

it("installs, tries, confirms: the new logic runs, and frames go on where they were", async () => {
  const version = () => Buffer.from(device.read(Reg.REG_DEVICE_FIRMWARE_VERSION, 16).data).toString();
  const before = version();
  await frames(2);
  expect(install(scalar)).toBe(0);
  expect(version()).toBe(before);
  device.write(Reg.REG_FLASH_COMMAND, Reg.FLASH_RESET);
  expect(status(Flash.BOOT_STATUS_RESULT)).toBe(Flash.BOOT_TRIAL);
  expect(version()).not.toBe(before);
  expect(device.read(Reg.REG_BOOT_CYCLES).value).toBeGreaterThan(1000);
  expect((await frames(2)).length).toBeGreaterThan(4);
  expect(command(Reg.FLASH_CONFIRM)).toBe(0);
  device.write(Reg.REG_FLASH_COMMAND, Reg.FLASH_RESET);
  expect(status(Flash.BOOT_STATUS_RESULT)).toBe(Flash.BOOT_CONFIRMED);
  expect(status(Flash.BOOT_STATUS_RUNNING)).toBe(1);
  const again = await openBoard({ firmware: simd, flash: { ...developmentFlash(simd), state: saved } });
  expect(again.read(Reg.REG_BOOT_STATUS + Flash.BOOT_STATUS_RUNNING).value).toBe(1);
  await again.board.close();
});

it("a trial that is not confirmed is rejected at the next restart, with the reason", () => {
  expect(install(scalar)).toBe(0);
  device.write(Reg.REG_FLASH_COMMAND, Reg.FLASH_RESET);
  device.write(Reg.REG_FLASH_COMMAND, Reg.FLASH_RESET);
  expect(status(Flash.BOOT_STATUS_RESULT)).toBe(Flash.BOOT_CONFIRMED);
  expect(status(Flash.BOOT_STATUS_RUNNING)).toBe(0);
  expect(status(Flash.BOOT_STATUS_REASON)).toBe(Flash.REVERTED_NOT_CONFIRMED);
  expect(device.read(Reg.REG_BOOT_HISTORY + 16).value).toBe(Flash.BOOT_TRIAL);
});

it("an unsigned image is refused before anything is erased", () => {
  const forged = scalar.slice();
  forged[Image.IMAGE_SIGNATURE_AT]! ^= 1;
  expect(install(forged)).toBe(Image.REFUSED_SIGNATURE);
  expect(status(Flash.BOOT_STATUS_SLOT_STATE + 4)).toBe(Flash.SLOT_EMPTY);
});

it("with nothing that may run the board is in recovery, and takes an installation", async () => {
  const bare = await openBoard({ firmware: simd, flash: { keys: developmentFlash(simd).keys } });
  device = bare;
  device.write(Reg.REG_FLASH_COMMAND, Reg.FLASH_RESET);
  expect(status(Flash.BOOT_STATUS_RESULT)).toBe(Flash.BOOT_RECOVERY);
  expect(device.write(Reg.REG_ACQUISITION_START, 1)).toBe(STATUS_RECOVERY);
  expect(install(scalar)).toBe(0);
  device.write(Reg.REG_FLASH_COMMAND, Reg.FLASH_RESET);
  expect(command(Reg.FLASH_CONFIRM)).toBe(0);
  expect((await frames(1)).length).toBeGreaterThan(2);
});
