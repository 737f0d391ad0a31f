// A process of npm run precision: takes jobs one by one and answers with their results.
import { TestBoard } from "../../firmware/support/test-board.ts";
import { type Job, runJob } from "./jobs.ts";

const board = new TestBoard("readout.wasm");
const trials = Number(process.argv[2]);

// The parent ends the run; Ctrl-C reaches every process of the terminal.
process.on("SIGINT", () => undefined);
process.on("message", (job: Job) => process.send?.(runJob(board, job, trials)));
process.on("disconnect", () => process.exit(0));
