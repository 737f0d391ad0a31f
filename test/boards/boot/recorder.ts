// A boot loader in V8 on the simulated board, and a script of everything that happens to it.
import {
  BOOT_DATA_BYTES,
  BOOT_STATUS_BLOCK,
  BOOT_STATUS_BYTES,
} from "../../../hw-profiles/interface/flash.ts";
import { boardBlock, type FlashGeometry } from "../../../hw-profiles/interface/flash-geometry.ts";
import { IMAGE_MANIFEST_BYTES, TLV_PAYLOAD_SHA256_BYTES } from "../../../hw-profiles/interface/image.ts";
import { BootLoader } from "../../../sim/boot/boot-loader.ts";
import type { BootStatus } from "../../../sim/boot/boot-status.ts";
import { keyId } from "../../../sim/boot/rom-keys.ts";
import type { FlashContent, StuckCells } from "../../../sim/flash/nor-flash.ts";
import { PowerCut } from "../../../sim/flash/power-cut.ts";
import { OUTCOMES, type Outcome } from "../../../sim/flash/torn.ts";
import { BOARD_KEY, IDENTITY } from "../../tools/campaign-flash/images.ts";
import { foldBytes } from "./fold.ts";
import { type Script, words } from "./script.ts";
import { TracedFlash, TracedKeys } from "./traced-board.ts";

/** In place of a code: the power went. */
export const CUT = 0xffffffff;
/** The part of the memory that is in use ends before this: MEMORY_USED of boot-replay.c. */
const MEMORY_USED = 0x3000;
/** Ticks of a timed call: in all, and of them in flash, hash and the rest of the board. */
const TICKS = 4;

/** What happens in a call. */
export interface Conditions {
  /** How flash operations of this call end, by number. */
  readonly faults: ReadonlyMap<number, Outcome>;
  /** What the board answers when the module is to be admitted or tried. */
  readonly verdict: number;
  /** Ask for ticks as well. */
  readonly timed: boolean;
}

export const CALM: Conditions = { faults: new Map(), verdict: 0, timed: false };

interface Call {
  readonly name: string;
  readonly args: readonly number[];
  /** Bytes of the data block that the board clears, and what it puts there. */
  readonly room?: number;
  readonly data?: Uint8Array;
}

/** Where it is written down. */
export interface Records {
  readonly script: Script;
  /** Calls by name and code. */
  readonly codes: Map<string, number>;
  /** How flash operations ended, other than well. */
  readonly outcomes: Set<Outcome>;
}

type Export = (...args: readonly number[]) => number;

export class Recorder {
  readonly flash: TracedFlash;
  /** Program and erase operations of all calls. */
  operations = 0;

  private readonly script: Script;
  private readonly codes: Map<string, number>;
  private readonly outcomes: Set<Outcome>;
  private readonly loader: BootLoader;
  private readonly keys: TracedKeys;
  private readonly title: string;
  private readonly names: readonly string[];
  private readonly empty: FlashContent;
  private conditions = CALM;

  /** @param title of the flash @param records may hold other flashes already; their ROM is the same */
  constructor(module: WebAssembly.Module, title: string, geometry: FlashGeometry, records: Records) {
    this.title = title;
    ({ script: this.script, codes: this.codes, outcomes: this.outcomes } = records);
    this.flash = new TracedFlash(geometry);
    this.empty = this.flash.content;
    this.keys = new TracedKeys({ publicKey: BOARD_KEY.publicKey, development: false }, this.flash);
    const verdict = (kind: "admit" | "trial", slot: number) => {
      this.flash.note(kind, slot, this.conditions.verdict);
      return this.conditions.verdict;
    };
    this.loader = new BootLoader(module, this.flash, IDENTITY, this.keys, {
      admit: ({ slot }) => verdict("admit", slot),
      trial: ({ slot }) => verdict("trial", slot),
    });
    const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function");
    this.names = functions.map(({ name }) => name);
    this.script.add("board", boardBlock(geometry, IDENTITY));
  }

  get status(): BootStatus {
    return this.loader.status;
  }

  /** All erased, nothing stuck. */
  fresh(): void {
    this.flash.content = this.empty;
    this.flash.unstick();
    this.script.add("fresh");
  }

  /** Programs behind the boot loader's back, at most a page. */
  program(address: number, data: Uint8Array): void {
    this.flash.program(address, data);
    this.script.add("program", words(address, data.length), data);
  }

  stick(cells: StuckCells): void {
    this.flash.stick([cells]);
    this.script.add("stick", words(cells.address, cells.mask, cells.value));
  }

  boot(reset: number, conditions = CALM): number {
    return this.perform({ name: "boot", args: [reset] }, conditions, () => this.loader.boot(reset));
  }

  begin(manifest: Uint8Array, conditions = CALM): number {
    const call = { name: "install_begin", args: [], room: IMAGE_MANIFEST_BYTES, data: manifest };
    return this.perform(call, conditions, () => this.loader.begin(manifest));
  }

  offer(digest: Uint8Array, conditions = CALM): number {
    const call = { name: "install_offer", args: [], room: TLV_PAYLOAD_SHA256_BYTES, data: digest };
    return this.perform(call, conditions, () => this.loader.offer(digest));
  }

  write(offset: number, bytes: Uint8Array, conditions = CALM): number {
    const data = bytes.subarray(0, BOOT_DATA_BYTES);
    const call = { name: "install_write", args: [offset, bytes.length], room: BOOT_DATA_BYTES, data };
    return this.perform(call, conditions, () => this.loader.write(offset, bytes));
  }

  /** install_finish, confirm, revert, erase, read_back. */
  call(name: string, args: readonly number[], conditions = CALM): number {
    const callee = this.loader["exports"][name as keyof BootLoader["exports"]] as Export;
    return this.perform({ name, args }, conditions, () => callee(...args) >>> 0);
  }

  /** Asks for the contents of the flash: all of it, or its hash. */
  compareCells(whole: boolean): void {
    const cells = this.flash.allCells;
    this.script.add(whole ? "cells" : "cellsHash");
    this.script.expect(`${this.title}, flash`, whole ? cells : words(foldBytes(0, cells)));
  }

  /** Asks for the whole memory. */
  compareMemory(): void {
    this.script.add("memory");
    this.script.expect(`${this.title}, memory`, this.loader["memory"].slice());
  }

  /** Ids of the ROM's keys: once, before all calls. */
  static addKeys(script: Script): void {
    script.add("key", keyId(BOARD_KEY.publicKey));
  }

  private perform(call: Call, conditions: Conditions, run: () => number): number {
    this.conditions = conditions;
    this.flash.trace = 0;
    const code = this.run(conditions.faults, run);
    for (const digest of this.keys.takeValid()) this.script.add("signature", digest);
    this.describe(call, conditions);
    this.expectAnswer(call, conditions, code);
    const name = `${call.name} ${code === CUT ? "cut" : code}`;
    this.codes.set(name, (this.codes.get(name) ?? 0) + 1);
    return code;
  }

  /** @returns the code, or CUT */
  private run(faults: ReadonlyMap<number, Outcome>, run: () => number): number {
    const before = this.operations;
    this.flash.fault = () => {
      const outcome = faults.get(this.operations++ - before);
      if (outcome !== undefined) this.outcomes.add(outcome);
      return outcome;
    };
    try {
      return run();
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      return CUT;
    } finally {
      this.flash.fault = undefined;
    }
  }

  private describe({ name, args, room = 0, data = words() }: Call, conditions: Conditions): void {
    const { faults, verdict, timed } = conditions;
    const [a = 0, b = 0, c = 0] = args;
    const plan = [...faults].flatMap(([operation, outcome]) => [operation, OUTCOMES.indexOf(outcome)]);
    this.script.add(
      "call",
      words(this.names.indexOf(name), a, b, c, verdict, timed ? 1 : 0, room, data.length),
      data,
      words(faults.size, ...plan),
    );
  }

  private expectAnswer({ name, args }: Call, { timed }: Conditions, code: number): void {
    const memory = this.loader["memory"];
    const hash = foldBytes(0, memory.subarray(0, MEMORY_USED));
    const status = memory.slice(BOOT_STATUS_BLOCK, BOOT_STATUS_BLOCK + BOOT_STATUS_BYTES);
    const label = `${this.title}, ${name}(${args.join(", ")})`;
    const answer = Buffer.concat([words(code, this.flash.trace, hash), status]);
    this.script.expect(label, answer, timed ? TICKS : 0);
  }
}
