import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/steps/run-command.ts";
import { guestCache } from "./cache.ts";
import type { GuestFile } from "./cpio.ts";

/** A package of the guest: its scripts, and its binary for this kind of machine. */
interface Wanted {
  readonly name: string;
  readonly scripts: RegExp;
  readonly binary?: string;
}

const NEEDED: readonly Wanted[] = [
  {
    name: "node-hid",
    scripts: /^[\w-]+\.js(on)?$/,
    binary: "prebuilds/HID_hidraw-linux-x64/node-napi-v4.node",
  },
  { name: "pkg-prebuilds", scripts: /\.js(on)?$/ },
];

/** Reads bulk interfaces; without it, those tests are skipped. */
const OPTIONAL: readonly Wanted[] = [
  {
    name: "usb",
    scripts: /^(dist\/.*\.js|package\.json)$/,
    binary: "prebuilds/linux-x64/node.napi.glibc.node",
  },
  { name: "node-gyp-build", scripts: /\.js(on)?$/ },
];

/** Files of the packages with a binary part, which cannot be bundled. */
export function packageFiles(): { readonly files: GuestFile[]; readonly binaries: string[] } {
  const found = [...NEEDED, ...OPTIONAL].flatMap((wanted) => {
    const folder = folderOf(wanted.name);
    return folder === undefined ? [] : [{ ...wanted, folder }];
  });
  const binaries = found.flatMap(({ binary, folder }) =>
    binary === undefined ? [] : [join(folder, binary)],
  );
  const files = found.flatMap(({ binary, folder, name, scripts }) =>
    namesIn(folder)
      .filter((path) => scripts.test(path) || path === binary)
      .map((path) => ({
        path: `app/node_modules/${name}/${path}`,
        bytes: readFileSync(join(folder, path)),
        isProgram: false,
      })),
  );
  return { files, binaries };
}

/** Of the repository, or of those that test/tools/install-guest.sh installs. */
function folderOf(name: string): string | undefined {
  const places = [join(root, "node_modules", name), join(guestCache(), "guest-packages/node_modules", name)];
  return places.find((place) => existsSync(join(place, "package.json")));
}

/** Paths of all files in a folder, relative to it. */
function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
