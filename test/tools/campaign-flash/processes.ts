// Spreads jobs over processes.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Job, JobResult } from "./run-job.ts";

const worker = fileURLToPath(new URL("worker.ts", import.meta.url));

/**
 * Runs all jobs; results come in the order in which they are ready.
 * @throws Error when a process ends early.
 */
export function runJobs(
  jobs: readonly Job[],
  processes: number,
  ready: (result: JobResult) => void,
): Promise<void> {
  const waiting = [...jobs];
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const child = fork(worker, { execArgv: process.execArgv });
      const next = () => {
        const job = waiting.shift();
        if (job === undefined) {
          child.removeAllListeners("exit");
          child.disconnect();
          resolve();
        } else child.send(job);
      };
      child.on("message", (result: JobResult) => {
        ready(result);
        next();
      });
      child.on("exit", (code) => reject(new Error(`a process of the campaign ended with code ${code}`)));
      next();
    });
  return Promise.all(Array.from({ length: Math.min(processes, jobs.length) }, work)).then(() => undefined);
}
