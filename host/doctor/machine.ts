import { constants } from "node:fs";
import { access, readFile, realpath } from "node:fs/promises";
import type { HidModule } from "../transport/hid/hid-module.ts";

/** What the doctor sees of a machine; tests give their own. */
export interface Machine {
  readonly platform: string;
  /** @throws Error when node-hid does not load. */
  readonly loadHid: () => Promise<HidModule & { getHidapiVersion(): string }>;
  /** Undefined when there is no such file, or it may not be read. */
  readonly readText: (path: string) => Promise<string | undefined>;
  /** The path without links; undefined when there is no such file. */
  readonly resolve: (path: string) => Promise<string | undefined>;
  /** Whether this user may read and write. */
  readonly isOpen: (path: string) => Promise<boolean>;
}

export const THIS_MACHINE: Machine = {
  platform: process.platform,
  loadHid: () => import("node-hid"),
  readText: (path) => readFile(path, "utf8").catch(() => undefined),
  resolve: (path) => realpath(path).catch(() => undefined),
  isOpen: (path) =>
    access(path, constants.R_OK | constants.W_OK).then(
      () => true,
      () => false,
    ),
};
