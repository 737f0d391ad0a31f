import type { FaultPipe } from "../../../host/transport/faults/fault-spec.ts";
import { COMMAND_BYTES, REGISTER_REPORT_BYTES } from "../../../hw-profiles/interface/reports.ts";
import type { FaultBench, Outcome } from "./fault-bench.ts";

/** With this in front, the host waits for a device that was unplugged. */
const RESUMING = "resume ";

type Kinds = readonly (readonly [kind: string, value?: string])[];

/** Of packets that the host sends. */
const SENT: Kinds = [
  ["drop"],
  ["duplicate"],
  ["reorder"],
  ["corrupt"],
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
    ["corrupt"],
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
  /** Values of registers that the sessions read, each compared with that over a good link. */
  readonly values: number;
  readonly problems: readonly string[];
}

export interface EveryPacketOptions {
  /** Of the faults' names ("in.drop", "get.stall=30ms"): those to try; default all. */
  readonly select?: (name: FaultName) => boolean;
  /**
   * A request, a reply or a command is damaged in one bit of every so many bytes, the first another one from packet to
   * packet; default 1, which is every byte of every packet.
   */
  readonly byteStep?: number;
}

interface Column {
  readonly name: FaultName;
  readonly pipe: FaultPipe;
  readonly kind: string;
  readonly value: string | undefined;
  readonly resumes: boolean;
}

const COLUMNS: readonly Column[] = (["in", "out", "set", "get"] as const).flatMap((pipe) =>
  KINDS[pipe].map(([text, value]) => {
    const resumes = text.startsWith(RESUMING);
    const kind = resumes ? text.slice(RESUMING.length) : text;
    const suffix = value === undefined ? "" : `=${value}`;
    return { name: `${resumes ? RESUMING : ""}${pipe}.${kind}${suffix}`, pipe, kind, value, resumes };
  }),
);

/** Faults of a column at packet `at`: a damaged report of known length is damaged in one byte after the other. */
function faultsAt({ kind, pipe, value }: Column, at: number, byteStep: number): string[] {
  const fault = `${pipe}.${kind}@${at}`;
  if (kind !== "corrupt" || pipe === "in") return [value === undefined ? fault : `${fault}=${value}`];
  const bytes = pipe === "out" ? COMMAND_BYTES : REGISTER_REPORT_BYTES;
  const faults: string[] = [];
  // The seed decides which bit of the byte.
  for (let byte = at % byteStep; byte < bytes; byte += byteStep)
    faults.push(`${fault}=${byte},seed=${at + byte}`);
  return faults;
}

/** Break the link of a configure, stream, stop session at every packet of every pipe, with every fault, one at a time. */
export async function everyPacket(
  bench: FaultBench,
  frames: number,
  { byteStep = 1, select = () => true }: EveryPacketOptions = {},
): Promise<EveryPacket> {
  const clean = await bench.run("seed=1", frames);
  const ends: Record<FaultName, Record<string, number>> = {};
  const outcomes: Outcome[] = [clean];
  for (const column of COLUMNS.filter(({ name }) => select(name))) {
    const counts: Record<string, number> = {};
    ends[column.name] = counts;
    for (let at = 0; at < clean.packets[column.pipe]; at++) {
      for (const fault of faultsAt(column, at, byteStep)) {
        const outcome = await bench.run(fault, frames, column.resumes);
        outcomes.push(outcome);
        counts[outcome.end] = (counts[outcome.end] ?? 0) + 1;
      }
    }
  }
  return summary(outcomes, ends);
}

function summary(outcomes: readonly Outcome[], ends: EveryPacket["ends"]): EveryPacket {
  const sum = (of: (outcome: Outcome) => number) =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  return {
    sessions: outcomes.length,
    ends,
    longestMs: outcomes.reduce((longest, { ms }) => Math.max(longest, ms), 0),
    idleLater: sum(({ isIdleAtOnce }) => Number(!isIdleAtOnce)),
    completeFrames: sum(({ complete }) => complete),
    incompleteFrames: sum(({ incomplete }) => incomplete),
    values: sum(({ values }) => values),
    problems: outcomes.flatMap(({ problems }) => problems),
  };
}
