// A worker thread: owns a band of rows, exposes it on request into the shared frame store.

import { parentPort, workerData } from "node:worker_threads";
import { isImagingSetup } from "./any-setup.ts";
import { lidarBands } from "./band.ts";
import type { BandSource, ExposingBand } from "./exposing-band.ts";
import { frameStoreOn } from "./frame-store.ts";
import { imagingBands } from "./imaging-bands.ts";
import type { WorkerReply, WorkerRequest, WorkerStart } from "./worker-messages.ts";

const { rows, setup, store } = workerData as WorkerStart;
const { slots } = frameStoreOn(store);

function reply(error?: unknown): void {
  const text = error instanceof Error ? error.message : error === undefined ? undefined : String(error);
  const message: WorkerReply = { error: text };
  parentPort?.postMessage(message);
}

function serve<Job>(band: ExposingBand<Job>, request: WorkerRequest<Job>): void {
  try {
    band.expose(request.job);
    band.copyCodes(slots[request.slot]!);
    reply();
  } catch (error) {
    reply(error);
  }
}

async function run<Job>(source: BandSource<Job>): Promise<void> {
  const band = await source.open(rows);
  parentPort?.on("message", (request: WorkerRequest<Job>) => serve(band, request));
  reply();
}

try {
  await (isImagingSetup(setup) ? run(imagingBands(setup)) : run(lidarBands(setup)));
} catch (error) {
  reply(error);
}
