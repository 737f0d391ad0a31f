// A process of npm run campaign:flash: takes jobs one by one and answers with their results.
import { type Job, runJob } from "./run-job.ts";

// The parent ends the run; Ctrl-C reaches every process of the terminal.
process.on("SIGINT", () => undefined);
process.on("message", async (job: Job) => {
  process.send?.(await runJob(job));
});
process.on("disconnect", () => process.exit(0));
