// A worker thread: owns a band of rows, exposes it on request into the shared frame store.

import { parentPort, workerData } from "node:worker_threads";
import { Band } from "./band.ts";
import { frameStoreOn } from "./frame-store.ts";
import type { WorkerReply, WorkerRequest, WorkerStart } from "./worker-messages.ts";

const start = workerData as WorkerStart;
const store = frameStoreOn(start.store, start.setup.profile);

function reply(error?: unknown): void {
  const text = error instanceof Error ? error.message : error === undefined ? undefined : String(error);
  const message: WorkerReply = { error: text };
  parentPort?.postMessage(message);
}

function serve(band: Band, request: WorkerRequest): void {
  try {
    band.expose(request.job);
    band.copyCodes(store.slots[request.slot]!);
    reply();
  } catch (error) {
    reply(error);
  }
}

try {
  const band = await Band.open(start.setup, start.rows);
  parentPort?.on("message", (request: WorkerRequest) => serve(band, request));
  reply();
} catch (error) {
  reply(error);
}
