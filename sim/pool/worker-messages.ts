import type { ExposureJob, ExposureSetup } from "./exposure-job.ts";
import type { BandRows } from "./split-rows.ts";

/** workerData of a worker. */
export interface WorkerStart {
  readonly setup: ExposureSetup;
  readonly rows: BandRows;
  readonly store: SharedArrayBuffer;
}

export interface WorkerRequest {
  readonly job: ExposureJob;
  readonly slot: number;
}

/** Once after the start, then once for every request. `error` is what went wrong, for people. */
export interface WorkerReply {
  readonly error: string | undefined;
}
