import { bootModule } from "./boot-module.ts";
import { exploreGeometry, type GeometryResult } from "./geometry-job.ts";
import { type Hunt, hunt } from "./hunt.ts";
import { PLANTED_BUGS } from "./planted-bugs.ts";

/** A part of the campaign, by its number. */
export interface Job {
  readonly kind: "geometry" | "bug";
  readonly index: number;
  /** Nested cuts of a scenario at each depth. */
  readonly nestedPerDepth: number;
}

export type JobResult =
  | { readonly kind: "geometry"; readonly result: GeometryResult }
  | { readonly kind: "bug"; readonly result: Hunt };

export async function runJob({ kind, index, nestedPerDepth }: Job): Promise<JobResult> {
  if (kind === "geometry") return { kind, result: exploreGeometry(index, nestedPerDepth) };
  return { kind, result: await hunt(bootModule(), PLANTED_BUGS[index]!) };
}
