// The simulated board's flash and ROM, which keep a hash of all that the boot loader asks of them: as boot-board.c does.
import { createHash } from "node:crypto";
import { type RomKey, RomKeys } from "../../../sim/boot/rom-keys.ts";
import { NorFlash } from "../../../sim/flash/nor-flash.ts";
import { fold, foldBytes } from "./fold.ts";

/** Kinds of boot-board.c. */
const KINDS = { read: 0, program: 1, erase: 2, verify: 3, admit: 4, trial: 5 } as const;

export class TracedFlash extends NorFlash {
  /** Hash over everything since it was set to 0. */
  trace = 0;

  note(kind: keyof typeof KINDS, a: number, b: number): void {
    this.trace = fold(fold(fold(this.trace, KINDS[kind]), a), b);
  }

  override read(address: number, into: Uint8Array): number {
    this.note("read", address, into.length);
    const failed = super.read(address, into);
    this.trace = failed !== 0 ? fold(this.trace, failed) : foldBytes(this.trace, into);
    return failed;
  }

  override program(address: number, data: Uint8Array): number {
    this.note("program", address, data.length);
    this.trace = foldBytes(this.trace, data);
    const failed = super.program(address, data);
    this.trace = fold(this.trace, failed);
    return failed;
  }

  override erase(address: number): number {
    this.note("erase", address, 0);
    const failed = super.erase(address);
    this.trace = fold(this.trace, failed);
    return failed;
  }

  /** The cells of the whole flash, erased = 1; what is between two levels as it was before. */
  get allCells(): Uint8Array {
    return Buffer.concat(this.content.flatMap(({ pages }) => pages.map(({ bytes }) => bytes)));
  }
}

export class TracedKeys extends RomKeys {
  private readonly flash: TracedFlash;
  private readonly known = new Set<string>();
  private readonly fresh: Buffer[] = [];

  constructor(key: RomKey, flash: TracedFlash) {
    super([key], true);
    this.flash = flash;
  }

  override verify(id: Uint8Array, message: Uint8Array, signature: Uint8Array): number {
    const answer = super.verify(id, message, signature);
    this.flash.note("verify", message.length, answer);
    if (answer === 0) this.remember(createHash("sha256").update(message).update(signature).digest());
    return answer;
  }

  /** SHA-256 of message and signature of those that were found valid since this was last asked, each once. */
  takeValid(): readonly Uint8Array[] {
    return this.fresh.splice(0);
  }

  private remember(digest: Buffer): void {
    const name = digest.toString("hex");
    if (this.known.has(name)) return;
    this.known.add(name);
    this.fresh.push(digest);
  }
}
