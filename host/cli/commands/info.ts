import { Command } from "commander";
import { type DeviceOptions, deviceOptions, withCamera } from "../device/device-options.ts";

interface InfoOptions extends DeviceOptions {
  readonly json?: true;
}

const HELP = `
Examples:
  cqd info
  cqd info --device sim:pbs-lidar-320x240 --json
  cqd info --device sim:imec-3t-768x512
  cqd info --faults get.stall@3

JSON: every register in plain units, "firmware" and "noise"; LiDAR also "rangeWindowM". frameRateHz = 1e9 / frameTimeNs;
LiDAR: frameTimeNs = gates x (gateTimeNs + planeReadTimeNs).`;

export function infoCommand(): Command {
  const command = new Command("info")
    .description("what a device is, how fast it runs and how quiet it is")
    .option("--json", "one JSON object")
    .addHelpText("after", HELP);
  return deviceOptions(command).action(async (options: InfoOptions) => {
    const { firmwareIdentity } = await import("../device/firmware-identity.ts");
    const { printInfo } = await import("../info/print-info.ts");
    await withCamera(options, async (camera) => {
      const facts = {
        info: await camera.info(),
        profile: await camera.profile(),
        firmware: await firmwareIdentity(options.device, options.firmware, options.flashFile),
      };
      printInfo(facts, options.json === true);
    });
  });
}
