import { BOOT_STATUS_BYTES, NO_SLOT } from "../../../hw-profiles/interface/flash.ts";
import { IMAGE_KEY_SLOTS, IMAGE_MANIFEST_BYTES } from "../../../hw-profiles/interface/image.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import { keyId } from "../../boot/rom-keys.ts";
import { type Binding, checked, live, type RegisterBinding } from "../register-binding.ts";
import type { RegisterTarget } from "../register-target.ts";
import type { FlashUnit } from "./flash-unit.ts";
import { FlashWindow } from "./flash-window.ts";

const WORD_BYTES = 4;
const MANIFEST_WORDS = IMAGE_MANIFEST_BYTES / WORD_BYTES;
const KEY_ID_WORDS = 2;

/** Registers of the flash and its boot loader. */
export function flashBindings(target: RegisterTarget): Binding[] {
  const window = new FlashWindow();
  const unit = () => target.flash();
  return [...commands(window, target), ...board(unit), ...restarts(unit)];
}

function commands(window: FlashWindow, target: RegisterTarget): Binding[] {
  const argument = (key: keyof FlashWindow["arguments"]): RegisterBinding => ({
    read: () => window.arguments[key],
    write: (value) => {
      window.arguments[key] = value;
      return STATUS_OK;
    },
  });
  const run = (command: number) => {
    if (command === Reg.FLASH_RESET) target.restartReadout();
    else {
      window.run(command, target.flash());
      if (command === Reg.FLASH_CONFIRM && window.result === 0) target.readoutConfirmed();
    }
    return STATUS_OK;
  };
  const word = (value: number, index: number) => {
    window.writeWord(index, value);
    return STATUS_OK;
  };
  return [
    [Reg.REG_FLASH_COMMAND, { write: run }],
    live(Reg.REG_FLASH_RESULT, () => window.result),
    [Reg.REG_FLASH_SLOT, argument("slot")],
    [Reg.REG_FLASH_OFFSET, argument("offset")],
    [Reg.REG_FLASH_LENGTH, argument("length")],
    live(Reg.REG_FLASH_WINDOW_CRC, () => window.crc),
    live(Reg.REG_FLASH_PIECE_CRC, (index) => window.pieceCrcs(index)),
    live(Reg.REG_FLASH_DIGEST, (index) => wordAt(window.digest, index)),
    [
      Reg.REG_FLASH_WINDOW_OFFSET,
      checked(argument("windowOffset"), (value) => value % WORD_BYTES === 0, "a multiple of 4"),
    ],
    [Reg.REG_FLASH_WINDOW_DATA, { write: word }],
  ];
}

function board(unit: () => FlashUnit): Binding[] {
  const keyWord = (index: number) => {
    const key = unit().keys[Math.floor(index / KEY_ID_WORDS)];
    return key === undefined ? 0 : wordAt(keyId(key.publicKey), index % KEY_ID_WORDS);
  };
  return [
    live(Reg.REG_FLASH_PROGRAM_UNIT, () => unit().loader.flash.geometry.programUnit),
    live(Reg.REG_FLASH_HARDWARE_CLASS, () => unit().hardwareClass),
    live(Reg.REG_FLASH_FEATURES, () => unit().features),
    live(Reg.REG_FLASH_MEMORY_PAGES, () => unit().memoryPages),
    live(Reg.REG_FLASH_LOCKED, () => (unit().isLocked ? 1 : 0)),
    live(Reg.REG_FLASH_KEY_ID, (index) => (index < KEY_ID_WORDS * IMAGE_KEY_SLOTS ? keyWord(index) : 0)),
  ];
}

function restarts(unit: () => FlashUnit): Binding[] {
  const manifestWord = (index: number) => {
    const bytes = new Uint8Array(WORD_BYTES);
    unit().peek(Math.floor(index / MANIFEST_WORDS), WORD_BYTES * (index % MANIFEST_WORDS), bytes);
    return wordAt(bytes, 0);
  };
  const historyWord = (index: number) => {
    const entry = unit().history[Math.floor(index / Reg.BOOT_HISTORY_WORDS)];
    if (entry === undefined) return 0;
    const { reason, reasonSlot = NO_SLOT, result, running = NO_SLOT } = entry;
    return [result, running, reason, reasonSlot][index % Reg.BOOT_HISTORY_WORDS]!;
  };
  const storyWord = (index: number) => {
    const change = unit().story[Math.floor(index / Reg.FLASH_STORY_WORDS)];
    if (change === undefined) return index % Reg.FLASH_STORY_WORDS === 0 ? NO_SLOT : 0;
    const { badSector, reason, slot, state } = change;
    return [slot, state, reason, badSector][index % Reg.FLASH_STORY_WORDS]!;
  };
  const statusWord = (index: number) =>
    index < BOOT_STATUS_BYTES / WORD_BYTES ? unit().loader.statusWord(index) : 0;
  return [
    live(Reg.REG_BOOT_STATUS, statusWord),
    live(Reg.REG_BOOT_CYCLES, () => unit().bootCycles),
    live(Reg.REG_BOOT_COUNT, () => unit().bootCount),
    live(Reg.REG_SLOT_MANIFEST, manifestWord),
    live(Reg.REG_BOOT_HISTORY, historyWord),
    live(Reg.REG_FLASH_STORY, storyWord),
  ];
}

function wordAt(bytes: Uint8Array, index: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(WORD_BYTES * index, true);
}
