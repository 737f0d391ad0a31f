import type { Machine } from "../../../host/doctor/machine.ts";
import type { HidEntry } from "../../../host/transport/hid/hid-module.ts";
import { fakeHid } from "../transport/hid/fake-hid.ts";

export interface FakeMachine {
  readonly platform?: string;
  readonly boards?: readonly HidEntry[];
  /** Path to content; "" where only its being there counts. */
  readonly files?: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
  /** Nodes that the user may read and write. */
  readonly open?: readonly string[];
}

export const KERNEL = { "/sys/class/hidraw": "", "/sys/module/usbhid": "" } as const;

export function fakeMachine({
  boards = [],
  files = KERNEL,
  links = {},
  open = [],
  platform = "linux",
}: FakeMachine): Machine {
  return {
    platform,
    loadHid: async () => ({ ...fakeHid(boards), getHidapiVersion: () => "0.15.0" }),
    readText: async (path) => files[path],
    resolve: async (path) => links[path] ?? (path in files ? path : undefined),
    isOpen: async (path) => open.includes(path),
  };
}
