import { writeFile } from "node:fs/promises";
import {
  type DoctorOptions,
  type Finding,
  type FindingLevel,
  runDoctor,
  udevRule,
} from "../../doctor/run-doctor.ts";
import { EXIT_FAILURE } from "../exit-codes.ts";
import { bold, dim, printJson, printLine, red } from "../text/terminal.ts";

export interface DoctorCommandOptions {
  readonly device?: string;
  readonly seconds?: number;
  readonly usbip?: true;
  readonly faults?: string;
  /** True: print it; a path: write it there. */
  readonly rule?: true | string;
  readonly json?: true;
}

/** Look and print; the exit code says whether something failed. */
export async function doctor(options: DoctorCommandOptions): Promise<void> {
  if (options.rule !== undefined) return giveRule(options.rule);
  const findings: Finding[] = [];
  for await (const finding of runDoctor(settings(options))) {
    findings.push(finding);
    if (!options.json) printFinding(finding);
  }
  const failures = findings.filter(({ level }) => level === "fail").length;
  if (options.json) printJson({ healthy: failures === 0, findings });
  else
    printLine(
      bold(failures === 0 ? "nothing is wrong" : `${failures} of ${findings.length} findings must be mended`),
    );
  if (failures > 0) process.exitCode = EXIT_FAILURE;
}

function settings({ device, faults, seconds, usbip }: DoctorCommandOptions): DoctorOptions {
  return { device, seconds, usbip, ...(faults !== undefined && { open: { faults } }) };
}

function printFinding({ check, found, level, next }: Finding): void {
  printLine(`${mark(level)}  ${check}: ${found}`);
  if (next !== undefined) printLine(dim(`      ${next}`));
}

function mark(level: FindingLevel): string {
  if (level === "ok") return dim("ok  ");
  return level === "warn" ? bold("warn") : red("FAIL", process.stdout);
}

async function giveRule(rule: true | string): Promise<void> {
  if (rule === true) process.stdout.write(udevRule());
  else await writeFile(rule, udevRule());
}
