import { Command } from "commander";
import { wholeNumber } from "../parse-value.ts";
import type { AttachOptions, DetachOptions } from "../usbip/attach-run.ts";

const MAX_PORT = 1023;

const ATTACH_HELP = `
Examples:
  cqd attach 127.0.0.1 --list
  sudo modprobe vhci-hcd && sudo npx cqd attach 127.0.0.1          then: cqd list, cqd stream --device hid:SERIAL
  sudo npx cqd attach 192.168.1.20:3240 --bus-id 1-2

Linux alone, as root; the kernel's module vhci-hcd must be loaded. The kernel keeps the connection when the command ends.

JSON: {"port", "busId", "serialNumber"}; --list: {"boards": [{"busId", "deviceId", "speed", "vendorId", "productId"}]}.`;

const DETACH_HELP = `
Examples:
  sudo npx cqd detach              the only board that is attached
  sudo npx cqd detach 2
  sudo npx cqd detach --all

JSON: {"detached": [PORT, ...]}.`;

export function attachCommand(): Command {
  return new Command("attach")
    .description("attach a board of a USB/IP server, such as cqd serve usbip, to this machine")
    .argument("<server>", "HOST or HOST:PORT")
    .option("--bus-id <id>", "which board; needed where there are several")
    .option("--list", "list the boards instead")
    .option("--json", "one JSON object")
    .addHelpText("after", ATTACH_HELP)
    .action(async (server: string, options: AttachOptions) => {
      const { attach } = await import("../usbip/attach-run.ts");
      await attach(server, options);
    });
}

export function detachCommand(): Command {
  return new Command("detach")
    .description("pull the cable of a board that cqd attach attached")
    .argument("[port]", "of the virtual host controller, as cqd attach said it", wholeNumber(0, MAX_PORT))
    .option("--all", "every port")
    .option("--json", "one JSON object")
    .addHelpText("after", DETACH_HELP)
    .action(async (port: number | undefined, options: DetachOptions) => {
      const { detach } = await import("../usbip/attach-run.ts");
      await detach(port, options);
    });
}
