import { existsSync } from "node:fs";
import { hasCommand } from "../tools/steps/run-command.ts";
import { hasKernel } from "./guest/kernel.ts";

/** What is missing to run the guest, with what brings it; undefined if nothing is. */
export async function missingRequirement(): Promise<string | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64")
    return `found ${process.platform} on ${process.arch}, expected Linux on x64: the guest runs this machine's Node`;
  if (!(await hasCommand("qemu-system-x86_64", ["--version"])))
    return "found no qemu-system-x86_64: install the package qemu-system-x86";
  if (!existsSync("/bin/busybox")) return "found no /bin/busybox: install the package busybox-static";
  if (!(await hasCommand("xz", ["--version"]))) return "found no xz: install the package xz-utils";
  if (!(await hasCommand("lsusb", ["--version"]))) return "found no lsusb: install the package usbutils";
  if (!hasKernel()) return "found no kernel for the guest: run test/tools/install-guest.sh (on Debian)";
  return undefined;
}
