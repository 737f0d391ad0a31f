import type { AnySetup } from "./any-setup.ts";
import type { BandRows } from "./split-rows.ts";

/** workerData of a worker. */
export interface WorkerStart {
  readonly setup: AnySetup;
  readonly rows: BandRows;
  readonly store: SharedArrayBuffer;
}

export interface WorkerRequest<Job> {
  readonly job: Job;
  readonly slot: number;
}

/** Once after the start, then once for every request. `error` is what went wrong, for people. */
export interface WorkerReply {
  readonly error: string | undefined;
}
