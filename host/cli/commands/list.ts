import { Command } from "commander";
import { printJson, printLine } from "../text/terminal.ts";

interface ListOptions {
  readonly json?: true;
}

const HELP = `
Examples:
  cqd list
  cqd list --json

JSON: {"devices": [{"device", "title", "kind": "sim" | "hid", "default"}]}`;

export function listCommand(): Command {
  return new Command("list")
    .description("list the devices that can be opened")
    .option("--json", "one JSON object")
    .addHelpText("after", HELP)
    .action(async (options: ListOptions) => {
      const { listDevices } = await import("../../open-camera.ts");
      const { DEFAULT_DEVICE } = await import("../device/device-options.ts");
      const devices = (await listDevices()).map((entry) => ({
        ...entry,
        default: entry.device === DEFAULT_DEVICE,
      }));
      if (options.json) printJson({ devices });
      else await print(devices);
    });
}

async function print(devices: readonly { device: string; title: string; default: boolean }[]): Promise<void> {
  const { table } = await import("../text/table.ts");
  const rows = devices.map(({ device, title, default: isDefault }) => [
    device,
    isDefault ? `${title} (default)` : title,
  ]);
  for (const line of table(rows)) printLine(line);
}
