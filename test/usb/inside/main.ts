// What runs in the guest: attaches the host's boards and runs the checks of a device on them.

import { readFileSync } from "node:fs";
import type { Bench } from "../../device/bench.ts";
import { ALL_CHECKS } from "../../device/checks/all-checks.ts";
import { listedSerials } from "../../device/hidraw-board.ts";
import { runChecks } from "../../device/run-checks.ts";
import { COMMAND_CHECKS } from "./command-checks.ts";
import { DESCRIPTOR_CHECKS } from "./descriptor-checks.ts";
import { attachBoards } from "./guest-bench.ts";
import { KERNEL_CHECKS } from "./kernel-checks.ts";
import { fetchPlan } from "./plan.ts";
import { printThroughput } from "./throughput.ts";

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Of this machine, since its start. */
const uptimeS = () => Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);

const [, , host = "", port = ""] = process.argv;
const { plan, reference } = await fetchPlan(host, Number(port));
print(`# Node runs ${uptimeS()} s after the machine's start`);
const boards = await attachBoards(host, plan.boards);
print(`# ready: ${boards.length} boards attached ${uptimeS()} s after the machine's start`);
const bench: Bench = {
  name: "hidraw",
  boards,
  listed: listedSerials,
  reference: await reference,
  seed: plan.seed,
};
const checks = [...ALL_CHECKS, ...KERNEL_CHECKS, ...DESCRIPTOR_CHECKS, ...COMMAND_CHECKS].filter(({ name }) =>
  name.includes(plan.only),
);
const { failed } = await runChecks(bench, checks, print);
// The second one: its cable was never pulled, which libusb does not see in a machine without udevd.
if (plan.only === "") await printThroughput(boards[1]!, print);
process.exit(failed === 0 ? 0 : 1);
