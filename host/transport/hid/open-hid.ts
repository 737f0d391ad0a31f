import {
  HID_USAGE,
  HID_USAGE_PAGE,
  USB_PRODUCT_ID,
  USB_VENDOR_ID,
} from "../../../hw-profiles/interface/usb.ts";
import type { Transport } from "../transport.ts";
import { TransportError } from "../transport-error.ts";
import { hidError, transportError } from "./hid-errors.ts";
import { type HidEntry, type HidModule, loadHidModule } from "./hid-module.ts";
import { HidTransport } from "./hid-transport.ts";

export interface HidDeviceEntry {
  readonly serialNumber: string;
  readonly product: string;
  /** /dev/hidraw3 on Linux. */
  readonly path: string;
}

export interface OpenHidOptions {
  /** Default: node-hid. */
  readonly module?: HidModule;
  /** Wall time that the device has for a transfer, ms; default 2000. */
  readonly timeoutMs?: number;
}

/** Boards that are plugged in, whether or not this user may open them; none where node-hid does not load or cannot look. */
export async function listHidDevices(module?: HidModule): Promise<HidDeviceEntry[]> {
  const hid = module ?? (await loadHidModule().catch(() => undefined));
  const entries = (await hid?.devicesAsync().catch(() => [])) ?? [];
  return boardsOf(entries);
}

/**
 * Open a board by its serial number.
 * @throws TransportError: absent (with the boards that there are), permission (with the rule that gives it), busy.
 */
export async function openHidTransport(
  serialNumber: string,
  options: OpenHidOptions = {},
): Promise<Transport> {
  const name = `hid:${serialNumber}`;
  const hid = options.module ?? (await loadHidModule().catch((error: unknown) => notLoaded(name, error)));
  const boards = boardsOf(await hid.devicesAsync().catch(() => []));
  const board = boards.find((entry) => entry.serialNumber === serialNumber);
  if (board === undefined) {
    const found = boards.map((entry) => entry.serialNumber).join(", ") || "none";
    throw transportError(name, "absent", `found ${found} among the boards`);
  }
  const handle = await hid.HIDAsync.open(board.path).catch((error: unknown) => {
    throw hidError(name, error, "open");
  });
  return new HidTransport(name, handle, options.timeoutMs);
}

function notLoaded(name: string, error: unknown): never {
  const found = error instanceof Error ? error.message : String(error);
  throw new TransportError(
    "absent",
    `${name}: found node-hid unable to load (${found}), expected it; run \`npm ci\` on this machine, then \`cqd doctor\``,
    { cause: error },
  );
}

function boardsOf(entries: readonly HidEntry[]): HidDeviceEntry[] {
  return entries
    .filter(isBoard)
    .flatMap(({ path, product = "", serialNumber }) =>
      path && serialNumber ? [{ serialNumber, product, path }] : [],
    );
}

/** By usage; where the system does not tell it, by the numbers of vendor and product. */
function isBoard({ productId, usage, usagePage, vendorId }: HidEntry): boolean {
  if (usagePage) return usagePage === HID_USAGE_PAGE && usage === HID_USAGE;
  return vendorId === USB_VENDOR_ID && productId === USB_PRODUCT_ID;
}
