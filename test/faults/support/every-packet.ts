import type { FaultPipe } from "../../../host/transport/faults/fault-spec.ts";
import type { FaultBench, Outcome } from "./fault-bench.ts";

/** With this in front, the host waits for a device that was unplugged. */
const RESUMING = "resume ";

type Kinds = readonly (readonly [kind: string, value?: string])[];

/** Of packets that the host sends. */
const SENT: Kinds = [
  ["drop"],
  ["duplicate"],
  ["reorder"],
  ["truncate"],
  ["delay", "30ms"],
  ["stall", "30ms"],
  ["stall"],
  ["fail"],
  ["unplug"],
  [`${RESUMING}unplug`],
];

/** Faults that are tried at every packet of a pipe; later than any time-out is late. */
const KINDS: Readonly<Record<FaultPipe, Kinds>> = {
  in: [
    ["drop"],
    ["duplicate"],
    ["reorder"],
    ["corrupt"],
    ["truncate"],
    ["delay", "30ms"],
    ["delay", "100s"],
    ["stall", "30ms"],
    ["stall"],
    ["unplug"],
    [`${RESUMING}unplug`],
  ],
  out: SENT,
  set: SENT,
  get: [
    ["drop"],
    ["truncate"],
    ["stale"],
    ["delay", "30ms"],
    ["stall", "30ms"],
    ["stall"],
    ["fail"],
    ["unplug"],
    [`${RESUMING}unplug`],
  ],
};

/** Name of a column of the table: what was done to the packets of which pipe. */
export type FaultName = string;

export interface EveryPacket {
  readonly sessions: number;
  /** By fault: number of sessions by how they ended. */
  readonly ends: Readonly<Record<FaultName, Readonly<Record<string, number>>>>;
  /** Longest session, virtual ms. */
  readonly longestMs: number;
  /** Sessions after which the board became idle only when the next host took it. */
  readonly idleLater: number;
  readonly completeFrames: number;
  readonly incompleteFrames: number;
  readonly problems: readonly string[];
}

/**
 * Break the link of a configure, stream, stop session at every packet of every pipe, with every fault, one at a time.
 * @param select of the faults' names ("in.drop", "get.stall=30ms"): those to try.
 */
export async function everyPacket(
  bench: FaultBench,
  frames: number,
  select: (name: FaultName) => boolean = () => true,
): Promise<EveryPacket> {
  const clean = await bench.run("seed=1", frames);
  const ends: Record<FaultName, Record<string, number>> = {};
  const outcomes: Outcome[] = [clean];
  for (const pipe of ["in", "out", "set", "get"] as const) {
    for (const [kind, value] of KINDS[pipe]) {
      const suffix = value === undefined ? "" : `=${value}`;
      const resumes = kind.startsWith(RESUMING);
      const bare = resumes ? kind.slice(RESUMING.length) : kind;
      const name = `${resumes ? RESUMING : ""}${pipe}.${bare}${suffix}`;
      if (!select(name)) continue;
      const counts: Record<string, number> = {};
      ends[name] = counts;
      for (let at = 0; at < clean.packets[pipe]; at++) {
        const outcome = await bench.run(`${pipe}.${bare}@${at}${suffix}`, frames, resumes);
        outcomes.push(outcome);
        counts[outcome.end] = (counts[outcome.end] ?? 0) + 1;
      }
    }
  }
  const sum = (of: (outcome: Outcome) => number) =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  return {
    sessions: outcomes.length,
    ends,
    longestMs: outcomes.reduce((longest, { ms }) => Math.max(longest, ms), 0),
    idleLater: sum(({ isIdleAtOnce }) => Number(!isIdleAtOnce)),
    completeFrames: sum(({ complete }) => complete),
    incompleteFrames: sum(({ incomplete }) => incomplete),
    problems: outcomes.flatMap(({ problems }) => problems),
  };
}
