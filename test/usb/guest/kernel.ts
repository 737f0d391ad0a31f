import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { guestCache } from "./cache.ts";

/** Where test/tools/install-guest.sh unpacks Debian's kernel. */
const folder = () => join(guestCache(), "guest-kernel");

// Setup header of a bzImage: Documentation/x86/boot.rst of Linux.
const SETUP_SECTORS = 0x1f1;
const PAYLOAD_OFFSET = 0x248;
const PAYLOAD_LENGTH = 0x24c;
const SECTOR_BYTES = 512;
const VMLINUX_MAX_BYTES = 256 << 20;

export function hasKernel(): boolean {
  return existsSync(join(folder(), "vmlinuz"));
}

/**
 * The uncompressed kernel, cut out of the bzImage once: QEMU starts it two seconds sooner than one that unpacks itself.
 * @throws Error when xz cannot read it.
 */
export function vmlinux(): string {
  const file = join(folder(), "vmlinux");
  if (existsSync(file)) return file;
  const image = readFileSync(join(folder(), "vmlinuz"));
  const start = (image.readUInt8(SETUP_SECTORS) + 1) * SECTOR_BYTES + image.readUInt32LE(PAYLOAD_OFFSET);
  const packed = image.subarray(start, start + image.readUInt32LE(PAYLOAD_LENGTH));
  const elf = execFileSync("xz", ["--decompress", "--stdout", "--single-stream"], {
    input: packed,
    maxBuffer: VMLINUX_MAX_BYTES,
  });
  // A file that is half written when somebody presses Ctrl-C must not be taken for a kernel.
  writeFileSync(`${file}.part`, elf);
  renameSync(`${file}.part`, file);
  return file;
}

/** Files of these kernel modules and of those that they need, in the order in which they can be loaded. */
export function moduleFiles(names: readonly string[]): string[] {
  const files = new Set<string>();
  const add = (name: string) => {
    const file = join(folder(), "modules", `${name}.ko`);
    for (const needed of dependencies(file)) add(needed);
    files.add(file);
  };
  for (const name of names) add(name);
  return [...files];
}

/** A module says in its .modinfo section what it needs: "depends=a,b". */
function dependencies(file: string): string[] {
  const text = readFileSync(file, "latin1");
  const list = /\0depends=([^\0]*)\0/.exec(text)?.[1] ?? "";
  return list === "" ? [] : list.split(",");
}
