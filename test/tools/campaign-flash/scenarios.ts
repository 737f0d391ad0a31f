// What is cut: a content of the flash to start from, and a goal.

import { crc32c } from "../../../host/packet/crc32c.ts";
import * as Flash from "../../../hw-profiles/interface/flash.ts";
import { journalEntry, sectorPlace } from "../../../hw-profiles/interface/flash-geometry.ts";
import { IMAGE_MANIFEST_BYTES } from "../../../hw-profiles/interface/image.ts";
import type { FlashContent } from "../../../sim/flash/nor-flash.ts";
import type { NamedGeometry } from "./geometries.ts";
import { erased, type Goal, refilled, rejected, returnTo, runs, updateTo } from "./host-policy.ts";
import { makeImage, type TestImage } from "./images.ts";
import { FRESH, NONE, type Oracle } from "./oracle.ts";
import type { Rig } from "./rig.ts";

export interface Scenario {
  readonly name: string;
  readonly start: FlashContent;
  readonly oracle: Oracle;
  readonly goal: Goal;
  /** What the host wants after a cut: mostly the same. */
  readonly afterCut: Goal;
  /** The images in the slots before. */
  readonly held: readonly number[];
}

// Numbers of the campaign's images.
export const FIRST = 0;
export const SECOND = 1;
/** Differs from the first in its last bytes alone. */
export const SIMILAR = 2;
export const FAILING = 3;
/** As new as the second, for the way back. */
export const EQUAL = 4;
/** The payload of the similar one, with another manifest. */
export const LATER = 5;

export function campaignImages({ imageBytes }: NamedGeometry): readonly TestImage[] {
  const payloadBytes = imageBytes - IMAGE_MANIFEST_BYTES;
  const changedFrom = imageBytes - 200;
  return [
    makeImage({ name: "first", payloadBytes, seed: 1, counter: 1 }),
    makeImage({ name: "second", payloadBytes, seed: 2, counter: 2 }),
    makeImage({ name: "similar", payloadBytes, seed: 1, counter: 3, changedFrom }),
    makeImage({ name: "failing", payloadBytes, seed: 4, counter: 3, failsTrial: true }),
    makeImage({ name: "equal", payloadBytes, seed: 5, counter: 2 }),
    makeImage({ name: "later", payloadBytes, seed: 1, counter: 4, changedFrom }),
  ];
}

/** Programs an image into a slot as a factory does. */
export function fill(rig: Rig, slot: number, image: number): void {
  const { geometry } = rig.flash;
  const { address } = sectorPlace(geometry, geometry.slots[slot]!.firstSector);
  const { bytes } = rig.images[image]!;
  const padded = new Uint8Array(Math.ceil(bytes.length / 256) * 256).fill(geometry.erased);
  padded.set(bytes);
  for (let at = 0; at < padded.length; at += 256)
    rig.flash.program(address + at, padded.subarray(at, at + 256));
}

/** Uses up entries of the journal until at most `left` remain in its sector. */
export function fillJournal(rig: Rig, left: number): void {
  for (let turn = 0; ; turn++) {
    const { entry, entries, generation } = rig.status.journal;
    if (entries - 1 - entry === Math.min(left, entries - 2)) return;
    const { bytes } = rig.images[turn % 2 === 0 ? SECOND : EQUAL]!;
    const code = rig.loader.begin(bytes.subarray(0, IMAGE_MANIFEST_BYTES));
    const after = rig.status.journal;
    if (after.entry === entry && after.generation === generation) {
      rig.fail("other", `an installation that begins leaves no record: begin() returned ${code}`);
      return;
    }
  }
}

/** Lets the journal begin anew with its newest record, under another generation. */
export function renumber(rig: Rig, generation: number): void {
  const { journalSector, erased: value } = rig.flash.geometry;
  const { address } = sectorPlace(rig.flash.geometry, journalSector);
  const { entry } = rig.status.journal;
  const { entryBytes, markBytes, recordBytes } = journalEntry(rig.flash.geometry);
  const mark = new Uint8Array(markBytes).fill(~value);
  const record = new Uint8Array(recordBytes).fill(value);
  // The journal begins in its first sector.
  rig.flash.read(address + entry * entryBytes + markBytes, record.subarray(0, Flash.RECORD_BYTES));
  const view = new DataView(record.buffer);
  view.setUint32(Flash.RECORD_GENERATION, generation, true);
  view.setUint32(Flash.RECORD_CRC, crc32c(record, 0, Flash.RECORD_CRC), true);
  rig.flash.erase(address);
  const parts = [mark, record, mark];
  let at = address;
  for (const part of parts) {
    rig.flash.program(at, part);
    at += part.length;
  }
  rig.boot();
}

/** Programs cells of the payload in a slot: it is not the signed one any more. */
export function damage(rig: Rig, slot: number): void {
  const { erased: value, programUnit } = rig.flash.geometry;
  const address = rig.status.slotAddresses[slot]! + IMAGE_MANIFEST_BYTES;
  rig.flash.program(address, new Uint8Array(programUnit).fill(~value));
}

/** The goal, and another one if the host thinks again after a cut. */
interface Plan {
  readonly goal: Goal;
  readonly afterCut?: Goal;
}

type Prepare = (rig: Rig) => Plan;

const factory: Prepare = (rig) => {
  fill(rig, 0, FIRST);
  rig.know({ current: FIRST, floor: 1 });
  return { goal: updateTo(SECOND) };
};

function nearTurn(left: number): Prepare {
  return (rig) => {
    const plan = factory(rig);
    rig.boot();
    fillJournal(rig, left);
    return plan;
  };
}

/** The number of the generation begins at 0 again when the journal turns. */
const numberWraps: Prepare = (rig) => {
  const plan = factory(rig);
  rig.boot();
  renumber(rig, 0xffffffff);
  fillJournal(rig, 3);
  return plan;
};

/** Both slots were installed, not filled in a factory: equal sectors may be kept. */
function updated(plan: Plan): Prepare {
  return (rig) => {
    updateTo(FIRST)(rig);
    updateTo(SECOND)(rig);
    return plan;
  };
}

/** Slot 0 holds an image that may be returned to. */
function withWayBack(rig: Rig): void {
  fill(rig, 0, EQUAL);
  rig.know({ current: EQUAL, floor: 2 });
  updateTo(SECOND)(rig);
}

function wayBack(rig: Rig): Plan {
  withWayBack(rig);
  return { goal: returnTo(EQUAL) };
}

/** The image is installed again that is left in the slot, should the erase have lied. */
function eraseAndFill(rig: Rig): Plan {
  withWayBack(rig);
  return { goal: refilled(0, EQUAL) };
}

function damaged(rig: Rig): Plan {
  withWayBack(rig);
  damage(rig, 1);
  rig.know({ current: EQUAL });
  return { goal: runs(EQUAL) };
}

/** The image before is below the floor: it must not run. */
function damagedAlone(rig: Rig): Plan {
  factory(rig).goal(rig);
  damage(rig, 1);
  rig.know({ current: NONE });
  return { goal: updateTo(SIMILAR) };
}

const PREPARATIONS: readonly (readonly [name: string, prepare: Prepare])[] = [
  ["first boot and update", factory],
  ["update, the journal turns at the start", nearTurn(0)],
  ["update, the journal turns at the trial", nearTurn(3)],
  ["update, the journal turns at the confirmation", nearTurn(5)],
  ["update, the number of the generation wraps", numberWraps],
  ["update of one sector", updated({ goal: updateTo(SIMILAR) })],
  ["return to the image before", wayBack],
  ["image that fails its trial", updated({ goal: rejected(FAILING, false) })],
  ["image rejected by the host", updated({ goal: rejected(SIMILAR, true) })],
  ["slot erased", updated({ goal: erased(0) })],
  ["slot erased and filled again", eraseAndFill],
  ["installation on an empty board", () => ({ goal: updateTo(FIRST) })],
  ["another image after the cut", updated({ goal: updateTo(SIMILAR), afterCut: updateTo(LATER) })],
  ["confirmed image damaged", damaged],
  ["confirmed image damaged, the one before too old", damagedAlone],
];

export const SCENARIO_NAMES: readonly string[] = PREPARATIONS.map(([name]) => name);

/** A scenario by its number. The rig is used for its preparation. */
export function scenarioOn(rig: Rig, index: number): Scenario {
  const [name, prepare] = PREPARATIONS[index]!;
  rig.start(rig.empty, FRESH);
  const { goal, afterCut } = prepare(rig);
  const held = [rig.imageIn(0), rig.imageIn(1)];
  return { name, start: rig.flash.content, oracle: rig.oracle, goal, afterCut: afterCut ?? goal, held };
}

/** All scenarios of a geometry. */
export function scenariosOn(rig: Rig): readonly Scenario[] {
  return PREPARATIONS.map((_, index) => scenarioOn(rig, index));
}
