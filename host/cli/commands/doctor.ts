import { Command } from "commander";
import type { DoctorCommandOptions } from "../doctor/doctor-run.ts";
import { realNumber } from "../parse-value.ts";

const MAX_SECONDS = 3600;

const HELP = `
Examples:
  cqd doctor                                      this machine, and the first board on it
  cqd doctor --device hid:SERIAL --seconds 10
  cqd doctor --device sim:inas-lidar-64x48        the checks of a device, on a simulated one
  cqd doctor --rule | sudo tee /etc/udev/rules.d/70-cqd-readout.rules

JSON: {"healthy", "findings": [{"check", "level": "ok" | "warn" | "fail", "found", "next"}]}. Exit code 1 when something failed.`;

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("look at all that stands between a program and its board, and say what to do")
    .option("--device <name>", "hid:SERIAL or sim:PROFILE; default: the first board that is plugged in")
    .option("--seconds <s>", "how long to stream; default: 2", realNumber(0.1, MAX_SECONDS))
    .option("--usbip", "look also for what cqd attach needs")
    .option("--rule [file]", "print the udev rule, or write it to a file, and do nothing else")
    .option("--faults <spec>", "break the link on purpose; see docs/faults.md")
    .option("--json", "one JSON object")
    .addHelpText("after", HELP)
    .action(async (options: DoctorCommandOptions) => {
      const { doctor } = await import("../doctor/doctor-run.ts");
      await doctor(options);
    });
}
