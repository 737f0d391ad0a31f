import type { CompleteResult } from "./complete-job.ts";
import type { Exploration } from "./explorer.ts";
import type { GeometryResult } from "./geometry-job.ts";
import { ATOMIC_MEANS, type Hunt } from "./hunt.ts";
import type { FailureKind } from "./oracle.ts";

/** What the campaign says in one line of JSON. */
export interface Summary {
  readonly cutPoints: number;
  readonly states: number;
  readonly geometries: number;
  /** Of them, by exploration without gaps: every outcome of every operation of every state that cuts lead to. */
  readonly completeCutPoints: number;
  /** Cuts nested in each other there. */
  readonly completeDepth: number;
  /** Merged states that were compared with the one that they were taken for. */
  readonly audited: number;
  readonly bricks: number;
  readonly unsignedBoots: number;
  readonly downgrades: number;
  /** Everything else that did not hold: a lost confirmation, a second trial, an operation that no flash allows, ... */
  readonly otherFailures: number;
  readonly maxBootsToRecover: number;
  readonly planted: number;
  readonly found: number;
  readonly foundByAtomicCuts: number;
  /** Nothing failed, and every planted bug was found. */
  readonly isSound: boolean;
}

export function summarise(
  geometries: readonly GeometryResult[],
  complete: readonly CompleteResult[],
  hunts: readonly Hunt[],
): Summary {
  const all: readonly Exploration[] = [...geometries, ...complete];
  const sum = (value: (result: Exploration) => number) =>
    all.reduce((total, result) => total + value(result), 0);
  const failures = (wanted: FailureKind) =>
    sum(({ findings }) => findings.filter(({ kind }) => kind === wanted).length);
  const found = hunts.filter(({ means }) => means !== undefined);
  const atomic = found.filter(({ means }) => means !== undefined && ATOMIC_MEANS.includes(means));
  return {
    cutPoints: sum(({ cutPoints }) => cutPoints),
    states: sum(({ states }) => states),
    geometries: new Set([...geometries, ...complete].map(({ geometry }) => geometry)).size,
    completeCutPoints: complete.reduce((total, { cutPoints }) => total + cutPoints, 0),
    completeDepth: complete.reduce((most, { depth }) => Math.max(most, depth), 0),
    audited: sum(({ audited }) => audited),
    bricks: failures("brick"),
    unsignedBoots: failures("unsigned"),
    downgrades: failures("downgrade"),
    otherFailures: failures("other"),
    maxBootsToRecover: all.reduce((most, result) => Math.max(most, result.maxBootsToRecover), 0),
    planted: hunts.length,
    found: found.length,
    foundByAtomicCuts: atomic.length,
    isSound: sum(({ findings }) => findings.length) === 0 && found.length === hunts.length,
  };
}
