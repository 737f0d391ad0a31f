import { bootModule } from "./boot-module.ts";
import { type CompleteResult, type CompleteTask, exploreCompletely } from "./complete-job.ts";
import { exploreGeometry, type GeometryResult } from "./geometry-job.ts";
import { type Hunt, hunt } from "./hunt.ts";
import { PLANTED_BUGS } from "./planted-bugs.ts";

/** A part of the campaign, by its number. */
export type Job =
  /** Scenarios on a geometry, one of `share`; of nested cuts of a scenario as many as said at each depth. */
  | {
      readonly kind: "geometry";
      readonly index: number;
      readonly nestedPerDepth: number;
      readonly share: number;
    }
  | { readonly kind: "complete"; readonly task: CompleteTask }
  | { readonly kind: "bug"; readonly index: number };

export type JobResult =
  | { readonly kind: "geometry"; readonly result: GeometryResult }
  | { readonly kind: "complete"; readonly result: CompleteResult }
  | { readonly kind: "bug"; readonly result: Hunt };

export async function runJob(job: Job): Promise<JobResult> {
  switch (job.kind) {
    case "geometry":
      return { kind: job.kind, result: exploreGeometry(job.index, job.nestedPerDepth, job.share) };
    case "complete":
      return { kind: job.kind, result: exploreCompletely(job.task) };
    case "bug":
      return { kind: job.kind, result: await hunt(bootModule(), PLANTED_BUGS[job.index]!) };
  }
}
