import { FaultInjector } from "../../../../host/transport/faults/fault-injector.ts";
import { type Attempt, type FlashBench, FREE_SLOT } from "./flash-bench.ts";
import { heavyModule, imageOf } from "./images.ts";

/** One packet of an installation meets this fault. */
export const LINK_FAULTS = [
  "set.unplug",
  "get.unplug",
  "set.drop",
  "set.duplicate",
  "set.reorder",
  "set.corrupt",
  "set.truncate",
  "set.fail",
  "get.drop",
  "get.corrupt",
  "get.truncate",
  "get.stale",
  "get.fail",
] as const;

export type LinkFault = (typeof LINK_FAULTS)[number];

/** What installations over broken links came to. */
export interface LinkResult {
  attempts: number;
  /** Ends of the attempts that met the fault. */
  readonly ends: Record<string, number>;
  /** Of the image. */
  readonly sectors: number;
  /** Most sectors that both attempts together erased and programmed more than the image has. */
  mostSentAgain: number;
  /** What must not be; empty: all is well. */
  readonly problems: string[];
}

const CLEAN = "seed=1";
const OTHER_SEED = 99;

/** Packets of an installation over a good link. */
export async function cleanPackets(
  bench: FlashBench,
  image: Uint8Array,
): Promise<{ set: number; get: number }> {
  await fillWithOther(bench, image);
  const injector = new FaultInjector(CLEAN);
  await bench.attempt(image, injector);
  const { get, set } = injector.packets();
  return { set, get };
}

/**
 * Try an installation with a fault at every `stride`-th packet. An attempt that fails is followed by one over a good link, which
 * must go on where the first one stopped; whatever is reported as done must stand in the slot.
 */
export async function everyFault(
  bench: FlashBench,
  image: Uint8Array,
  fault: LinkFault,
  stride: number,
): Promise<LinkResult> {
  const result: LinkResult = {
    attempts: 0,
    ends: {},
    sectors: Math.ceil(image.length / bench.sectorBytes),
    mostSentAgain: 0,
    problems: [],
  };
  const packets = await cleanPackets(bench, image);
  const last = fault.startsWith("set") ? packets.set : packets.get;
  for (let at = 0; at < last; at += stride)
    await tryAt(bench, image, `${fault}@${at},seed=${at + 1}`, result);
  return result;
}

async function tryAt(
  bench: FlashBench,
  image: Uint8Array,
  faults: string,
  result: LinkResult,
): Promise<void> {
  await fillWithOther(bench, image);
  const erasesBefore = bench.slotErases(FREE_SLOT);
  const first = await bench.attempt(image, faults);
  result.attempts++;
  result.ends[first.end] = (result.ends[first.end] ?? 0) + 1;
  check(bench, image, first, faults, result);
  if (first.end !== "done") {
    const second = await bench.attempt(image, CLEAN);
    if (second.end !== "done") result.problems.push(`${faults}: the next attempt ended with ${second.end}`);
    check(bench, image, second, faults, result);
  }
  const erases = bench.slotErases(FREE_SLOT) - erasesBefore;
  result.mostSentAgain = Math.max(result.mostSentAgain, erases - result.sectors);
}

function check(
  bench: FlashBench,
  image: Uint8Array,
  { end }: Attempt,
  faults: string,
  result: LinkResult,
): void {
  if (end === "hangs") result.problems.push(`${faults}: it hangs`);
  if (end !== "done") return;
  const held = bench.slotBytes(FREE_SLOT, image.length);
  if (!held.every((byte, i) => byte === image[i]))
    result.problems.push(`${faults}: reported as done, and the slot holds something else`);
}

/** Another image, no smaller, in the slot: every sector must be erased, once. */
async function fillWithOther(bench: FlashBench, image: Uint8Array): Promise<void> {
  const { end } = await bench.attempt(otherThan(image.length), CLEAN);
  if (end !== "done") throw new Error(`the other image: found ${end}, expected it installed`);
}

const others = new Map<number, Uint8Array>();

function otherThan(bytes: number): Uint8Array {
  const known = others.get(bytes) ?? imageOf(heavyModule(bytes, OTHER_SEED), { patch: OTHER_SEED });
  others.set(bytes, known);
  return known;
}
