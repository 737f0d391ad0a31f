import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { basename, join } from "node:path";
import { bundle } from "./bundle.ts";
import type { GuestFile } from "./cpio.ts";
import { moduleFiles } from "./kernel.ts";
import { packageFiles } from "./packages.ts";
import { productFiles } from "./product.ts";

/** A network card, the virtual host controller of USB/IP, and what makes /dev/hidrawN of a USB device. */
const MODULES = ["virtio_mmio", "virtio_net", "vhci-hcd", "usbhid", "hid-generic"];
/** Reads descriptors by its own parser. */
const LSUSB = "/usr/bin/lsusb";

/** Everything that the guest's root holds: a shell, the drivers, Node with its libraries, node-hid and the tests. */
export async function rootFiles(): Promise<GuestFile[]> {
  const order = moduleFiles(MODULES);
  const node = realpathSync(process.execPath);
  const packages = packageFiles();
  const libraries = sharedLibraries([node, LSUSB, ...packages.binaries]);
  return [
    program("init", join(import.meta.dirname, "init.sh")),
    program("bin/busybox", "/bin/busybox"),
    program("bin/node", node),
    program("bin/lsusb", LSUSB),
    ...libraries.map((file) => program(file.slice(1), file)),
    ...order.map((file) => plain(`modules/${basename(file)}`, readFileSync(file))),
    plain("modules/order", Buffer.from(`${order.map((file) => basename(file)).join("\n")}\n`)),
    ...packages.files,
    ...productFiles(),
    plain("app/inside.mjs", await bundle("test/usb/inside/main.ts")),
  ];
}

function program(path: string, file: string): GuestFile {
  return { path, bytes: readFileSync(file), isProgram: true };
}

function plain(path: string, bytes: Buffer): GuestFile {
  return { path, bytes, isProgram: false };
}

/** What the dynamic linker would load for these programs, and the linker itself. */
function sharedLibraries(programs: readonly string[]): string[] {
  const lists = programs.map((file) => execFileSync("ldd", [file], { encoding: "utf8" }));
  const paths = lists.flatMap((list) => [...list.matchAll(/(\/\S+) \(0x/g)].map((match) => match[1]!));
  return [...new Set(paths)].sort();
}
