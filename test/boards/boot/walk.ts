// Random ways of a host and a board through sessions of power: mostly sensible ones, so that images are installed, tried,
// confirmed and reverted; some hostile or out of order; with power cuts and silent failures of the flash in all of them.
import { createHash } from "node:crypto";
import * as Flash from "../../../hw-profiles/interface/flash.ts";
import { sectorPlace } from "../../../hw-profiles/interface/flash-geometry.ts";
import {
  IMAGE_MANIFEST_BYTES,
  REFUSED_FUEL,
  REFUSED_GOLDEN,
  REFUSED_MODULE,
} from "../../../hw-profiles/interface/image.ts";
import { OUTCOMES, type Outcome } from "../../../sim/flash/torn.ts";
import type { Random } from "../../firmware/support/random.ts";
import type { NamedGeometry } from "../../tools/campaign-flash/geometries.ts";
import { type HostileImage, hostileImages } from "../../tools/campaign-flash/hostile-images.ts";
import { makeImage } from "../../tools/campaign-flash/images.ts";
import { type Conditions, CUT, type Recorder } from "./recorder.ts";

const PAGE_BYTES = 256;
const RESETS = [Flash.RESET_POWER, Flash.RESET_POWER, Flash.RESET_WATCHDOG, Flash.RESET_TRAP];
const VERDICTS = [REFUSED_GOLDEN, REFUSED_FUEL, REFUSED_MODULE];
/** Shares of calls in which an operation of the flash ends in another way, and in which the module is judged unfit. */
const FAULTY = 0.12;
const UNFIT = 0.08;
/** Operations of a call, the first of them more often: what is planned for one that does not come does not happen. */
const OPERATIONS = 10;

/** Images as bytes; the first is below the floor of the last, which shares its payload with the one before. */
function imagesFor({ imageBytes }: NamedGeometry): readonly Uint8Array[] {
  const payloadBytes = imageBytes - IMAGE_MANIFEST_BYTES;
  const changedFrom = imageBytes - 200;
  const wishes = [
    { name: "first", payloadBytes, seed: 1, counter: 1 },
    { name: "other", payloadBytes, seed: 2, counter: 1 },
    { name: "short", payloadBytes: 301, seed: 3, counter: 2 },
    { name: "similar", payloadBytes, seed: 1, counter: 2, changedFrom },
    { name: "second", payloadBytes, seed: 4, counter: 2 },
    { name: "later", payloadBytes, seed: 5, counter: 2, changedFrom },
    { name: "last", payloadBytes, seed: 5, counter: 2 },
  ];
  return wishes.map((wish) => makeImage(wish).bytes);
}

export class Walk {
  private readonly recorder: Recorder;
  private readonly random: Random;
  private readonly images: readonly Uint8Array[];
  private readonly hostile: readonly HostileImage[];
  /** The image that is sent. */
  private sent: Uint8Array;

  constructor(recorder: Recorder, named: NamedGeometry, random: Random) {
    this.recorder = recorder;
    this.random = random;
    this.images = imagesFor(named);
    this.sent = this.images[0]!;
    const image = (bytes: Uint8Array) => ({ name: "", counter: 0, bytes, failsTrial: false });
    this.hostile = hostileImages(this.images.map(image));
  }

  /** A board from the factory, and as many sessions of power. */
  life(sessions: number): void {
    this.recorder.fresh();
    this.fillSlots();
    if (this.random.below(8) === 0) this.stick();
    for (let session = 0; session < sessions; session++) this.session();
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.random.below(list.length)]!;
  }

  private slotAddress(slot: number): number {
    const { geometry } = this.recorder.flash;
    return sectorPlace(geometry, geometry.slots[slot]!.firstSector).address;
  }

  private fillSlots(): void {
    const filled = this.random.below(4);
    if (filled >= 1) this.fill(this.random.below(2), this.pick(this.images));
    if (filled === 2) this.fill(this.random.below(2), this.pick(this.images));
    if (filled === 3) this.damage();
  }

  /** A slot that holds an image already gets a mixture of both. */
  private fill(slot: number, bytes: Uint8Array): void {
    const { erased } = this.recorder.flash.geometry;
    const padded = new Uint8Array(Math.ceil(bytes.length / PAGE_BYTES) * PAGE_BYTES).fill(erased);
    padded.set(bytes);
    for (let at = 0; at < padded.length; at += PAGE_BYTES)
      this.recorder.program(this.slotAddress(slot) + at, padded.subarray(at, at + PAGE_BYTES));
  }

  /** Programs a unit of a slot's first pages. */
  private damage(): void {
    const { erased, programUnit } = this.recorder.flash.geometry;
    const pages = this.slotAddress(this.random.below(2)) + PAGE_BYTES * this.random.below(4);
    this.recorder.program(pages, new Uint8Array(programUnit).fill(this.random.below(256) ^ erased));
  }

  private stick(): void {
    const address = this.random.below(this.recorder.flash.bytes);
    this.recorder.stick({ address, mask: 1 << this.random.below(8), value: this.random.below(256) });
  }

  private conditions(): Conditions {
    const faults = new Map<number, Outcome>();
    while (this.random.uniform() < FAULTY) {
      const operation = this.random.below(1 + this.random.below(OPERATIONS));
      faults.set(operation, this.pick(OUTCOMES));
    }
    const verdict = this.random.uniform() < UNFIT ? this.pick(VERDICTS) : 0;
    return { faults, verdict, timed: false };
  }

  private session(): void {
    let code = this.recorder.boot(this.pick(RESETS), this.conditions());
    if (this.random.below(40) === 0) this.damage();
    for (let step = 0; step < 3 && code !== CUT; step++)
      code = this.random.below(4) === 0 ? this.stray() : this.goOn();
  }

  /** What a sensible host does next. @returns the last code */
  private goOn(): number {
    const { install, running, slotStates } = this.recorder.status;
    if (install !== undefined) return this.send();
    if (running !== undefined && slotStates[running] === Flash.SLOT_TRIAL)
      return this.random.below(3) === 0 ? CUT : this.call("confirm");
    if (slotStates.includes(Flash.SLOT_PENDING)) return CUT;
    // Half of the time the same image: what a cut broke off is resumed.
    if (this.random.below(2) === 0) this.sent = this.pick(this.images);
    const code = this.recorder.begin(this.sent.subarray(0, IMAGE_MANIFEST_BYTES), this.conditions());
    return code === 0 ? this.send() : code;
  }

  /** Sends sectors until all are there, and finishes; a failure ends it. */
  private send(): number {
    for (let open = this.recorder.status.install; open !== undefined; open = this.recorder.status.install) {
      const { nextOffset, nextEnd, progress, sectors } = open;
      if (progress === sectors) return this.call("install_finish");
      const digest = createHash("sha256").update(this.sent.subarray(nextOffset, nextEnd)).digest();
      let code = this.recorder.offer(digest, this.conditions());
      if (code === Flash.INSTALL_SEND) code = this.sendPieces(nextOffset, nextEnd);
      if (code !== 0) return code;
    }
    return 0;
  }

  private sendPieces(from: number, to: number): number {
    const length = this.pick([256, 1024, 4096]);
    for (let at = from; at < to; at += length) {
      const code = this.recorder.write(at, this.piece(at, Math.min(at + length, to)), this.conditions());
      if (code !== 0) return code;
    }
    return 0;
  }

  /** A piece of the image, a bit of it wrong now and then. */
  private piece(from: number, to: number): Uint8Array {
    const bytes = this.sent.slice(from, to);
    if (this.random.below(60) === 0) bytes[0]! ^= 1 << this.random.below(8);
    return bytes;
  }

  private call(name: string, ...args: readonly number[]): number {
    return this.recorder.call(name, args, this.conditions());
  }

  /** Something hostile, out of order or unusual. */
  private stray(): number {
    const { random, recorder } = this;
    const nextOffset = recorder.status.install?.nextOffset ?? 0;
    const zeros = new Uint8Array(this.pick([0, 1, 7, 256, 4096]));
    return this.pick([
      () => recorder.begin(this.pick(this.hostile).manifest, this.conditions()),
      () => recorder.begin(this.pick(this.images).subarray(0, IMAGE_MANIFEST_BYTES), this.conditions()),
      () => recorder.offer(new Uint8Array(32).fill(random.below(256)), this.conditions()),
      () => recorder.write(nextOffset, zeros, this.conditions()),
      () => recorder.write(random.below(8192), zeros, this.conditions()),
      () => this.call("install_finish"),
      () => this.call("confirm"),
      () => this.call("revert"),
      () => this.call("erase", random.below(3)),
      () => this.call("read_back", random.below(3), random.below(5000), random.below(3000)),
    ])();
  }
}
