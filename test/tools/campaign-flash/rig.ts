// One board under test: flash, boot loader, and an oracle that watches every boot.
import { createHash } from "node:crypto";
import * as Flash from "../../../hw-profiles/interface/flash.ts";
import { sectorPlace } from "../../../hw-profiles/interface/flash-geometry.ts";
import {
  IMAGE_HEADER_BYTES,
  IMAGE_MANIFEST_BYTES,
  REFUSED_GOLDEN,
  REFUSED_MODULE,
} from "../../../hw-profiles/interface/image.ts";
import { BootLoader, type SlotImage } from "../../../sim/boot/boot-loader.ts";
import type { BootStatus } from "../../../sim/boot/boot-status.ts";
import { RomKeys } from "../../../sim/boot/rom-keys.ts";
import { type FlashContent, NorFlash } from "../../../sim/flash/nor-flash.ts";
import type { NamedGeometry } from "./geometries.ts";
import { BOARD_KEY, IDENTITY, type TestImage } from "./images.ts";
import { type Failure, type FailureKind, FRESH, NONE, type Oracle } from "./oracle.ts";

/** Reads of one power session: far more than any call needs, so that a boot loader that loops is found. */
const READS_MAX = 20_000;

/** A boot loader that never comes back, see READS_MAX. */
export class Endless extends Error {
  override readonly name = "Endless";
}

class WatchedFlash extends NorFlash {
  private sessionReads = 0;

  override powerUp(): void {
    this.sessionReads = 0;
    super.powerUp();
  }

  override read(address: number, into: Uint8Array): number {
    if (++this.sessionReads > READS_MAX) throw new Endless(`more than ${READS_MAX} reads`);
    return super.read(address, into);
  }
}

/** Runs a step. A boot loader that traps or loops leaves the board dead: a failure like others. */
export function guarded(rig: Rig, step: (rig: Rig) => void): void {
  try {
    step(rig);
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError || error instanceof Endless)) throw error;
    rig.fail("brick", `the boot loader died: ${error.message}`);
  }
}

export class Rig {
  readonly flash: NorFlash;
  readonly loader: BootLoader;
  readonly images: readonly TestImage[];
  readonly failures: Failure[] = [];
  oracle: Oracle = FRESH;
  /** Boots of the present run, and the first of them that left the board usable. */
  boots = 0;
  recoveredAt = 0;
  /** Called when an image is about to run on trial: the power can be cut there, too. */
  onTrial: (() => void) | undefined;
  /** Called before every boot; `isLast`: the goal is reached, this boot is to show that it lasts. */
  onBoot: ((isLast: boolean) => void) | undefined;

  /** A flash as it leaves the factory of its maker. */
  readonly empty: FlashContent;
  /** Images that the slots held at the start. */
  held: readonly number[] = [];

  private readonly byManifest = new Map<string, number>();

  constructor(module: WebAssembly.Module, { geometry }: NamedGeometry, images: readonly TestImage[]) {
    this.images = images;
    images.forEach(({ bytes }, index) => {
      this.byManifest.set(text(bytes.subarray(0, IMAGE_MANIFEST_BYTES)), index);
    });
    this.flash = new WatchedFlash(geometry);
    this.empty = this.flash.content;
    const keys = new RomKeys([{ publicKey: BOARD_KEY.publicKey, development: false }], true);
    const trials = { admit: () => 0, trial: (image: SlotImage) => this.trial(image) };
    this.loader = new BootLoader(module, this.flash, IDENTITY, keys, trials);
  }

  get status(): BootStatus {
    return this.loader.status;
  }

  /** Starts a run from a content. */
  start(content: FlashContent, oracle: Oracle): void {
    this.flash.content = content;
    this.flash.breaches = 0;
    this.oracle = oracle;
    this.failures.length = 0;
    this.boots = 0;
    this.recoveredAt = 0;
    this.held = [];
  }

  /** Nobody listens to this run any more. */
  stopListening(): void {
    this.flash.fault = undefined;
    this.onTrial = undefined;
    this.onBoot = undefined;
  }

  fail(kind: FailureKind, what: string): void {
    this.failures.push({ kind, text: what });
  }

  expect(holds: boolean, what: string): void {
    if (!holds) this.fail("other", what);
  }

  know(change: Partial<Oracle>): void {
    this.oracle = { ...this.oracle, ...change };
  }

  /** Boots, and checks what may be expected of any boot. @returns BOOT_* */
  boot(reset = Flash.RESET_POWER, isLast = false): number {
    this.onBoot?.(isLast);
    this.boots++;
    const result = this.loader.boot(reset);
    const running = this.running();
    if (result === Flash.BOOT_CONFIRMED || result === Flash.BOOT_TRIAL) this.checkRunning(running, result);
    else if (result !== Flash.BOOT_RECOVERY) this.fail("brick", `boot() returned ${result}`);
    else if (this.oracle.current !== NONE) this.fail("brick", "recovery, though an image was confirmed");
    if (this.recoveredAt === 0 && (result !== Flash.BOOT_RECOVERY || this.oracle.current === NONE)) {
      this.recoveredAt = this.boots;
    }
    this.checkReason();
    this.status.slotStates.forEach((state, slot) => {
      if (state === Flash.SLOT_INSTALLING) this.checkUnfinished(slot);
      // Whole, though the host never heard so: the cut came between the last record and its answer.
      else if (state === Flash.SLOT_REJECTED) this.checkRejected(slot);
    });
    return result;
  }

  /** The image that runs; NONE for one that is not whole or not of ours. */
  running(): number {
    const slot = this.status.running;
    return slot === undefined ? NONE : this.imageIn(slot);
  }

  /** The whole image in a slot, as it reads now; NONE. */
  imageIn(slot: number): number {
    const { slots } = this.flash.geometry;
    const { address } = sectorPlace(this.flash.geometry, slots[slot]!.firstSector);
    const manifest = this.read(address, IMAGE_MANIFEST_BYTES);
    const index = this.byManifest.get(text(manifest));
    if (index === undefined) return NONE;
    const { bytes } = this.images[index]!;
    return Buffer.compare(this.read(address, bytes.length), bytes) === 0 ? index : NONE;
  }

  /** SHA-256 of a range of an image. */
  digest(image: number, from: number, to: number): Uint8Array {
    return createHash("sha256").update(this.images[image]!.bytes.subarray(from, to)).digest();
  }

  private read(address: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.flash.read(address, bytes);
    return bytes;
  }

  private checkRunning(image: number, result: number): void {
    const { current, floor, maybe } = this.oracle;
    if (image === NONE) {
      this.fail("unsigned", "the image that runs is not whole");
      return;
    }
    if (this.images[image]!.counter < floor) this.fail("downgrade", `${this.images[image]!.name} runs`);
    if (result !== Flash.BOOT_CONFIRMED) return;
    const raised = Math.max(floor, this.images[image]!.counter);
    if (image === maybe) this.know({ current: maybe, maybe: NONE, floor: raised });
    else this.expect(image === current, `${this.images[image]!.name} runs as confirmed`);
  }

  /** What is whole when it is installed is never refused later, unless a check damages it. */
  private checkReason(): void {
    const { reason } = this.status;
    const refused =
      reason > 0 && reason <= REFUSED_MODULE && this.held.length > 0 && !this.held.includes(NONE);
    this.expect(!refused, `an honest image is rejected for reason ${reason}`);
  }

  /** An image that is not whole has no header, but for that of the image that is being replaced. */
  private checkUnfinished(slot: number): void {
    const { slots, programUnit } = this.flash.geometry;
    const { address } = sectorPlace(this.flash.geometry, slots[slot]!.firstSector);
    const { installing, whole } = this.oracle;
    if (installing === NONE || installing === whole || this.held[slot] === installing) return;
    const length = Math.max(IMAGE_HEADER_BYTES, programUnit);
    const header = this.images[installing]!.bytes.subarray(0, length);
    if (Buffer.compare(this.read(address, length), header) !== 0) return;
    // Of cells between two levels nothing can be said.
    if (!this.flash.isSolid(address, this.images[installing]!.bytes.length)) return;
    if (this.imageIn(slot) === installing) this.know({ whole: installing });
    else this.fail("other", "an unfinished installation has a header");
  }

  private checkRejected(slot: number): void {
    const { installing } = this.oracle;
    if (installing !== NONE && this.imageIn(slot) === installing) this.know({ whole: installing });
  }

  private trial({ slot }: SlotImage): number {
    const image = this.imageIn(slot);
    if (image === NONE) {
      this.fail("unsigned", "the image on trial is not whole");
      return 0;
    }
    const { counter, failsTrial, name } = this.images[image]!;
    if (counter < this.oracle.floor) this.fail("downgrade", `${name} runs on trial`);
    this.expect(this.oracle.tried !== image, `${name} runs on trial again`);
    this.know({ tried: image, whole: image });
    this.onTrial?.();
    return failsTrial ? REFUSED_GOLDEN : 0;
  }
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
