// What runs in the guest: attaches the host's boards and runs the checks of a device on them.

import { readFileSync } from "node:fs";
import { ALL_CHECKS } from "../../device/checks/all-checks.ts";
import { runChecks } from "../../device/run-checks.ts";
import { guestBench } from "./guest-bench.ts";
import { KERNEL_CHECKS } from "./kernel-checks.ts";
import { fetchPlan } from "./plan.ts";
import { printThroughput } from "./throughput.ts";

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Of this machine, since its start. */
const uptimeS = () => Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);

const [, , host = "", port = ""] = process.argv;
const plan = await fetchPlan(host, Number(port));
print(`# Node runs ${uptimeS()} s after the machine's start`);
const bench = await guestBench(plan);
print(`# ready: ${bench.boards.length} boards attached ${uptimeS()} s after the machine's start`);
await printThroughput(bench, print);
const { failed } = await runChecks(bench, [...ALL_CHECKS, ...KERNEL_CHECKS], print);
process.exit(failed === 0 ? 0 : 1);
