import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { artefactPath, RUNS_FROM_SOURCES } from "./artefacts.ts";
import type { WorkerReply, WorkerRequest, WorkerStart } from "./worker-messages.ts";

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The main thread's end of one worker. The worker keeps the process alive only while a reply is due. */
export class BandWorker<Job> {
  private readonly worker: Worker;
  private waiting: Waiting | undefined;
  private failure: Error | undefined;

  private constructor(start: WorkerStart) {
    this.worker = new Worker(workerFile(), { workerData: start });
    this.worker.on("message", (reply: WorkerReply) => this.settle(reply));
    this.worker.on("error", (error) => this.fail(error));
    this.worker.on("exit", (code) =>
      this.fail(new Error(`a worker thread of the simulator ended with code ${code}`)),
    );
  }

  /** @throws what the worker found wrong while it opened its scene and its kernels. */
  static async open<Job>(start: WorkerStart): Promise<BandWorker<Job>> {
    const worker = new BandWorker<Job>(start);
    try {
      await worker.reply();
      return worker;
    } catch (error) {
      await worker.close();
      throw error;
    }
  }

  async expose(request: WorkerRequest<Job>): Promise<void> {
    const reply = this.reply();
    this.worker.postMessage(request);
    await reply;
  }

  async close(): Promise<void> {
    this.worker.removeAllListeners("exit");
    this.worker.ref();
    await this.worker.terminate();
  }

  private reply(): Promise<void> {
    this.worker.ref();
    return new Promise((resolve, reject) => {
      if (this.failure !== undefined) reject(this.failure);
      else this.waiting = { resolve, reject };
    });
  }

  private settle(reply: WorkerReply): void {
    const waiting = this.waiting;
    this.waiting = undefined;
    this.worker.unref();
    if (reply.error === undefined) waiting?.resolve();
    else waiting?.reject(new Error(reply.error));
  }

  private fail(error: unknown): void {
    this.failure ??= error instanceof Error ? error : new Error(String(error));
    this.waiting?.reject(this.failure);
    this.waiting = undefined;
  }
}

/** A worker cannot load TypeScript, so sources start the built file. @throws when it is missing. */
function workerFile(): string {
  if (!RUNS_FROM_SOURCES) return fileURLToPath(new URL("./worker.js", import.meta.url));
  const path = artefactPath("js/sim/pool/worker.js");
  if (existsSync(path)) return path;
  throw new Error(
    `simulator threads: found no built worker, expected ${path}; run \`npm run build:js\` or use --threads 0`,
  );
}
