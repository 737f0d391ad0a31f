import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "../../tools/steps/run-command.ts";
import { bundle } from "./bundle.ts";
import type { GuestFile } from "./cpio.ts";
import { moduleFiles } from "./kernel.ts";

/** A network card, the virtual host controller of USB/IP, and what makes /dev/hidrawN of a USB device. */
const MODULES = ["virtio_mmio", "virtio_net", "vhci-hcd", "usbhid", "hid-generic"];
/** Reads descriptors by its own parser. */
const LSUSB = "/usr/bin/lsusb";
const NODE_HID = "node_modules/node-hid";
const HIDRAW_BINDING = `${NODE_HID}/prebuilds/HID_hidraw-linux-x64`;

/** Everything that the guest's root holds: a shell, the drivers, Node with its libraries, node-hid and the tests. */
export async function rootFiles(): Promise<GuestFile[]> {
  const order = moduleFiles(MODULES);
  const node = realpathSync(process.execPath);
  const binding = folderFiles(HIDRAW_BINDING);
  const libraries = sharedLibraries([node, LSUSB, ...binding.map((file) => join(root, file))]);
  return [
    program("init", join(import.meta.dirname, "init.sh")),
    program("bin/busybox", "/bin/busybox"),
    program("bin/node", node),
    program("bin/lsusb", LSUSB),
    ...libraries.map((file) => program(file.slice(1), file)),
    ...order.map((file) => plain(`modules/${basename(file)}`, readFileSync(file))),
    plain("modules/order", Buffer.from(`${order.map((file) => basename(file)).join("\n")}\n`)),
    ...[...packageFiles(NODE_HID), ...binding, ...folderFiles("node_modules/pkg-prebuilds")].map((file) =>
      plain(`app/${file}`, readFileSync(join(root, file))),
    ),
    plain("app/inside.mjs", await bundle("test/usb/inside/main.ts")),
  ];
}

function program(path: string, file: string): GuestFile {
  return { path, bytes: readFileSync(file), isProgram: true };
}

function plain(path: string, bytes: Buffer): GuestFile {
  return { path, bytes, isProgram: false };
}

/** Files of a folder of the repository, and of the folders in it. */
function folderFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
}

/** The scripts and the package.json of a package, without its sources and binaries. */
function packageFiles(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => /\.js(on)?$/.test(name))
    .map((name) => `${folder}/${name}`);
}

/** What the dynamic linker would load for these programs, and the linker itself. */
function sharedLibraries(programs: readonly string[]): string[] {
  const lists = programs
    .filter((file) => !/\.[a-z]+s?on$/.test(file))
    .map((file) => execFileSync("ldd", [file], { encoding: "utf8" }));
  const paths = lists.flatMap((list) => [...list.matchAll(/(\/\S+) \(0x/g)].map((match) => match[1]!));
  return [...new Set(paths)].sort();
}
