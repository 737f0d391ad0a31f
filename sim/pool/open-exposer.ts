import { BandWorker } from "./band-worker.ts";
import type { Exposer } from "./exposer.ts";
import type { ExposureJob, ExposureSetup } from "./exposure-job.ts";
import type { FrameStore } from "./frame-store.ts";
import { openLocalExposer } from "./local-exposer.ts";
import { splitRows } from "./split-rows.ts";

const MAX_THREADS = 64;

/**
 * @param threads worker threads; 0 = all in this thread. The codes are the same for any number.
 * @throws RangeError for a number that is not 0..64; whatever opening the scene throws.
 */
export async function openExposer(
  setup: ExposureSetup,
  store: FrameStore,
  threads: number,
): Promise<Exposer> {
  if (!Number.isInteger(threads) || threads < 0 || threads > MAX_THREADS) {
    throw new RangeError(`simulator threads: found ${threads}, expected an integer from 0 to ${MAX_THREADS}`);
  }
  return threads === 0 ? openLocalExposer(setup, store) : openWorkers(setup, store, threads);
}

async function openWorkers(setup: ExposureSetup, store: FrameStore, threads: number): Promise<Exposer> {
  const bands = splitRows(setup.profile.array.heightPx, threads);
  const opened = await Promise.allSettled(
    bands.map((rows) => BandWorker.open({ setup, rows, store: store.buffer })),
  );
  const workers = opened.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const close = async () => {
    await Promise.all(workers.map((worker) => worker.close()));
  };
  try {
    throwFirstFailure(opened);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    concurrent: true,
    // Every worker must have replied before the next job, also when one of them fails.
    async expose(job: ExposureJob, slot: number): Promise<void> {
      throwFirstFailure(await Promise.allSettled(workers.map((worker) => worker.expose({ job, slot }))));
    },
    close,
  };
}

function throwFirstFailure(results: readonly PromiseSettledResult<unknown>[]): void {
  for (const result of results) {
    if (result.status === "rejected") throw result.reason;
  }
}
