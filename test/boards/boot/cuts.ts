// One update after the other of a board from the factory, each with one operation of the flash that ends in another way: all
// operations, all ways. Then the host goes on.
import { createHash } from "node:crypto";
import {
  BOOT_CONFIRMED,
  BOOT_TRIAL,
  INSTALL_SEND,
  RESET_POWER,
  SLOT_PENDING,
} from "../../../hw-profiles/interface/flash.ts";
import { sectorPlace } from "../../../hw-profiles/interface/flash-geometry.ts";
import { IMAGE_MANIFEST_BYTES } from "../../../hw-profiles/interface/image.ts";
import { OUTCOMES, type Outcome } from "../../../sim/flash/torn.ts";
import type { NamedGeometry } from "../../tools/campaign-flash/geometries.ts";
import { makeImage } from "../../tools/campaign-flash/images.ts";
import { CALM, type Conditions, CUT, type Recorder } from "./recorder.ts";

const PAGE_BYTES = 256;
const PIECE_BYTES = 1024;
/** Boots after which the update must be confirmed. */
const BOOTS_MAX = 6;

/** An operation of an update, counted from its first boot, and how it ends. */
interface Fault {
  readonly operation: number;
  readonly outcome: Outcome;
}

class Update {
  private readonly recorder: Recorder;
  private readonly image: Uint8Array;
  private readonly fault: Fault | undefined;
  private readonly before: number;

  constructor(recorder: Recorder, image: Uint8Array, fault?: Fault) {
    this.recorder = recorder;
    this.image = image;
    this.fault = fault;
    this.before = recorder.operations;
  }

  /** @returns operations until the new image was confirmed. @throws Error when it never is */
  run(): number {
    for (let boots = 0; boots < BOOTS_MAX; boots++) {
      const { recorder } = this;
      const code = recorder.boot(RESET_POWER, this.conditions());
      if (code === CUT) continue;
      if (code === BOOT_CONFIRMED && recorder.status.floor > 1) return recorder.operations - this.before;
      if (code === BOOT_TRIAL) recorder.call("confirm", [], this.conditions());
      else this.install();
    }
    const what = this.fault === undefined ? "no fault" : Object.values(this.fault).join(" ");
    throw new Error(`operation ${what}: not confirmed after ${BOOTS_MAX} boots`);
  }

  private conditions(): Conditions {
    if (this.fault === undefined) return CALM;
    const operation = this.fault.operation - (this.recorder.operations - this.before);
    return operation < 0 ? CALM : { ...CALM, faults: new Map([[operation, this.fault.outcome]]) };
  }

  /** Until it is pending, or something fails. */
  private install(): void {
    const { recorder, image } = this;
    if (recorder.status.slotStates.includes(SLOT_PENDING)) return;
    let code = recorder.begin(image.subarray(0, IMAGE_MANIFEST_BYTES), this.conditions());
    for (let open = recorder.status.install; code === 0 && open; open = recorder.status.install) {
      if (open.progress === open.sectors) code = recorder.call("install_finish", [], this.conditions());
      else code = this.sendSector(open.nextOffset, open.nextEnd);
    }
  }

  private sendSector(from: number, to: number): number {
    const { recorder, image } = this;
    const digest = createHash("sha256").update(image.subarray(from, to)).digest();
    let code = recorder.offer(digest, this.conditions());
    if (code !== INSTALL_SEND) return code;
    code = 0;
    for (let at = from; at < to && code === 0; at += PIECE_BYTES)
      code = recorder.write(at, image.subarray(at, Math.min(at + PIECE_BYTES, to)), this.conditions());
    return code;
  }
}

function fill(recorder: Recorder, image: Uint8Array): void {
  const { geometry } = recorder.flash;
  const { address } = sectorPlace(geometry, geometry.slots[0].firstSector);
  const padded = new Uint8Array(Math.ceil(image.length / PAGE_BYTES) * PAGE_BYTES).fill(geometry.erased);
  padded.set(image);
  for (let at = 0; at < padded.length; at += PAGE_BYTES)
    recorder.program(address + at, padded.subarray(at, at + PAGE_BYTES));
}

/** Records an update for every operation and every outcome. @throws Error when one does not succeed in the end */
export function cutEverywhere(recorder: Recorder, { imageBytes }: NamedGeometry): void {
  const payloadBytes = imageBytes - IMAGE_MANIFEST_BYTES;
  const [old, next] = [1, 2].map((seed) => makeImage({ name: "", payloadBytes, seed, counter: seed }).bytes);
  const update = (fault?: Fault): number => {
    recorder.fresh();
    fill(recorder, old!);
    return new Update(recorder, next!, fault).run();
  };
  const operations = update();
  for (let operation = 0; operation < operations; operation++)
    for (const outcome of OUTCOMES) update({ operation, outcome });
  recorder.compareCells(true);
}
