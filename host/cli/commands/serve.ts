import { Command, InvalidArgumentError } from "commander";
import { USBIP_PORT } from "../../../hw-profiles/interface/usbip.ts";
import { deviceOptions } from "../device/device-options.ts";
import { wholeNumber } from "../parse-value.ts";
import type { ServeOptions } from "../serve/usbip-run.ts";

const MAX_PORT = 65_535;
const MAX_BOARDS = 32;
const HELP = `
Examples:
  cqd serve usbip --device sim:inas-lidar-64x48
  sudo modprobe vhci-hcd && sudo npx cqd attach 127.0.0.1     then: cqd list, cqd stream --device hid:SERIAL
  cqd serve usbip --device sim:pbs-lidar-320x240 --count 3 --port 0 --json

Any Linux machine attaches the boards as if they were plugged in; ending the server pulls their cables. The server listens on
127.0.0.1 alone unless --host says otherwise: USB/IP has no password.

JSON: one line {"port", "host", "boards": [{"busId", "serialNumber"}]} when the server is ready.`;

export function serveCommand(): Command {
  return new Command("serve")
    .description("offer simulated boards to other programs")
    .addCommand(usbIpCommand());
}

function usbIpCommand(): Command {
  const command = new Command("usbip").description("simulated boards as USB devices, by USB/IP");
  return deviceOptions(command)
    .option("--port <n>", "TCP port; 0 = any free one", wholeNumber(0, MAX_PORT), USBIP_PORT)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--count <n>", "boards, each with a serial number of its own", wholeNumber(1, MAX_BOARDS), 1)
    .option("--speed <name>", "high (480 Mbit/s) or full (12 Mbit/s)", parseSpeed, "high" as const)
    .option("--json", "one JSON object when the server is ready")
    .addHelpText("after", HELP)
    .action(async (options: ServeOptions) => {
      const { serve } = await import("../serve/usbip-run.ts");
      await serve(options);
    });
}

function parseSpeed(text: string): "high" | "full" {
  if (text === "high" || text === "full") return text;
  throw new InvalidArgumentError(`found ${JSON.stringify(text)}, expected high or full`);
}
