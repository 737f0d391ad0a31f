import { BandWorker } from "./band-worker.ts";
import type { Exposer } from "./exposer.ts";
import type { BandSource } from "./exposing-band.ts";
import type { FrameStore } from "./frame-store.ts";
import { openLocalExposer } from "./local-exposer.ts";
import { splitRows } from "./split-rows.ts";

const MAX_THREADS = 64;

/**
 * @param threads worker threads; 0 = all in this thread. The codes are the same for any number.
 * @throws RangeError for a number that is not 0..64; whatever opening the scene throws.
 */
export async function openExposer<Job>(
  source: BandSource<Job>,
  store: FrameStore,
  threads: number,
): Promise<Exposer<Job>> {
  if (!Number.isInteger(threads) || threads < 0 || threads > MAX_THREADS) {
    throw new RangeError(`simulator threads: found ${threads}, expected an integer from 0 to ${MAX_THREADS}`);
  }
  return threads === 0 ? openLocalExposer(source, store) : openWorkers(source, store, threads);
}

async function openWorkers<Job>(
  { alignment, heightPx, setup }: BandSource<Job>,
  store: FrameStore,
  threads: number,
): Promise<Exposer<Job>> {
  const bands = splitRows(heightPx, threads, alignment);
  const opened = await Promise.allSettled(
    bands.map((rows) => BandWorker.open<Job>({ setup, rows, store: store.buffer })),
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
    async expose(job: Job, slot: number): Promise<void> {
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
