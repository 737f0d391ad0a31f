// What the boot loader costs on the emulated Cortex-M7: instructions of boot, installation and confirmation, bytes of code and
// stack. On the flash of the simulated board.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  BOOT_CONFIRMED,
  BOOT_TRIAL,
  INSTALL_SEND,
  RESET_POWER,
} from "../../../hw-profiles/interface/flash.ts";
import { sectorPlace } from "../../../hw-profiles/interface/flash-geometry.ts";
import { IMAGE_MANIFEST_BYTES } from "../../../hw-profiles/interface/image.ts";
import { DEFAULT_FLASH } from "../../../sim/board/flash/default-flash.ts";
import { moduleBytes } from "../../firmware/support/test-board.ts";
import { makeImage } from "../../tools/campaign-flash/images.ts";
import { buildBootElf, buildBootObject } from "../support/boot-elf.ts";
import { runElf } from "../support/emulator.ts";
import { INSTRUCTIONS_PER_TICK } from "../support/stage-counts.ts";
import { CALM, Recorder } from "./recorder.ts";
import { Script } from "./script.ts";
import { stackBytes } from "./stack.ts";

const PAGE_BYTES = 256;
const SECTOR_BYTES = 4096;
const SECTORS = 6;
const TIMED = { ...CALM, timed: true };

export interface BootStep {
  readonly step: string;
  /** Instructions of the boot loader itself; flash, ROM and trial are the board's. */
  readonly instructions: number;
  /** Instructions of SHA-256, in C at -O3; a ROM or an accelerator does it otherwise. */
  readonly hashInstructions: number;
}

export interface BootCosts {
  readonly steps: readonly BootStep[];
  /** Of machine code, at -Os. */
  readonly codeBytes: number;
  /** Deepest chain of calls within the boot loader, as gcc reckons frames. */
  readonly stackBytes: number;
}

function demand(name: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${name}: found ${found}, expected ${expected}`);
}

function imageOf(seed: number): Uint8Array {
  const payloadBytes = SECTORS * SECTOR_BYTES - IMAGE_MANIFEST_BYTES;
  return makeImage({ name: "counted", payloadBytes, seed, counter: 1 }).bytes;
}

/** A board with a confirmed image from the factory. */
function startBoard(recorder: Recorder, image: Uint8Array): void {
  const { address } = sectorPlace(DEFAULT_FLASH, DEFAULT_FLASH.slots[0].firstSector);
  for (let at = 0; at < image.length; at += PAGE_BYTES)
    recorder.program(address + at, image.subarray(at, at + PAGE_BYTES));
  demand("first boot", recorder.boot(RESET_POWER), BOOT_CONFIRMED);
}

/** Offers and sends all sectors, timed. */
function sendTimed(recorder: Recorder, image: Uint8Array): void {
  for (let sector = 1; sector <= SECTORS; sector++) {
    const { nextOffset, nextEnd } = recorder.status.install!;
    const bytes = image.subarray(nextOffset, nextEnd);
    const digest = createHash("sha256").update(bytes).digest();
    demand("install_offer", recorder.offer(digest, TIMED), INSTALL_SEND);
    demand("install_write", recorder.write(nextOffset, bytes, TIMED), 0);
  }
}

/** Names of the timed calls' steps, in their order. */
const BOOTED = "boot, the confirmed image runs";
const BEGUN = "beginning of an installation";
const SENT = "a sector of 4 KiB offered and written";
const FINISHED = "end of an installation";
const TRIED = "boot, a new image on trial";
const KEPT = "confirmation";
const SENT_TIMES = new Array<string>(2 * SECTORS).fill(SENT);
const NAMES: readonly string[] = [BOOTED, BEGUN, ...SENT_TIMES, FINISHED, TRIED, KEPT];

function recordTimed(script: Script): void {
  const module = new WebAssembly.Module(moduleBytes("boot.wasm"));
  const records = { script, codes: new Map<string, number>(), outcomes: new Set<never>() };
  Recorder.addKeys(script);
  const recorder = new Recorder(module, "counted", DEFAULT_FLASH, records);
  const image = imageOf(2);
  startBoard(recorder, imageOf(1));
  demand("boot", recorder.boot(RESET_POWER, TIMED), BOOT_CONFIRMED);
  demand("install_begin", recorder.begin(image.subarray(0, IMAGE_MANIFEST_BYTES), TIMED), 0);
  sendTimed(recorder, image);
  demand("install_finish", recorder.call("install_finish", [], TIMED), 0);
  demand("trial", recorder.boot(RESET_POWER, TIMED), BOOT_TRIAL);
  demand("confirm", recorder.call("confirm", [], TIMED), 0);
}

function countSteps(): readonly BootStep[] {
  const script = new Script();
  recordTimed(script);
  const { exitCode, text, output } = runElf(buildBootElf(moduleBytes("boot.wasm")), script.input, true);
  if (exitCode !== 0) throw new Error(`the counting program ended with exit code ${exitCode}: ${text}`);
  const difference = script.difference(output);
  if (difference !== undefined) throw new Error(`the boot loader does not what it does in V8: ${difference}`);
  const ticks = script.measurements(output).map(({ words }) => words);
  return [...new Set(NAMES)].map((step) => {
    const own = (index: number): number => (NAMES[index] === step ? 1 : 0);
    const sum = (of: (words: readonly number[]) => number): number =>
      ticks.reduce((total, words, index) => total + own(index) * of(words), 0);
    const times = step === SENT ? SECTORS : 1;
    const instructions = sum(([all, flash, hash, rest]) => all! - flash! - hash! - rest!);
    const hashing = sum(([, , hash]) => hash!);
    const scale = INSTRUCTIONS_PER_TICK / times;
    return {
      step,
      instructions: Math.round(instructions * scale),
      hashInstructions: Math.round(hashing * scale),
    };
  });
}

function codeBytes(object: string): number {
  const sizes = execFileSync("arm-none-eabi-size", [object], { encoding: "utf8" });
  return Number(sizes.split("\n")[1]!.trim().split(/\s+/)[0]);
}

export function bootCosts(): BootCosts {
  const wasm = moduleBytes("boot.wasm");
  return { steps: countSteps(), codeBytes: codeBytes(buildBootObject(wasm)), stackBytes: stackBytes(wasm) };
}
