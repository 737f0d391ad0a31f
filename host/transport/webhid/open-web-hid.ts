import { HID_USAGE_PAGE, USB_PRODUCT_ID, USB_VENDOR_ID } from "../../../hw-profiles/interface/usb.ts";
import { openSession } from "../session/open-session.ts";
import type { Transport } from "../transport.ts";
import { TransportError } from "../transport-error.ts";
import type { WebHid, WebHidDevice, WebHidFilter } from "./web-hid.ts";
import { WebHidTransport } from "./web-hid-transport.ts";

const BOARDS: WebHidFilter = {
  vendorId: USB_VENDOR_ID,
  productId: USB_PRODUCT_ID,
  usagePage: HID_USAGE_PAGE,
};

/** `navigator.hid`; undefined where there is none: not Chromium, or neither https nor this machine. */
export function webHidOf(host: object): WebHid | undefined {
  const hid: unknown = "hid" in host ? host.hid : undefined;
  return isWebHid(hid) ? hid : undefined;
}

function isWebHid(hid: unknown): hid is WebHid {
  return typeof hid === "object" && hid !== null && "requestDevice" in hid;
}

/** Let the user choose a board. Only from within the handler of a click or key. @returns undefined: none was chosen. */
export async function chooseWebHid(hid: WebHid): Promise<WebHidDevice | undefined> {
  return (await hid.requestDevice({ filters: [BOARDS] })).find(isBoard);
}

/** The boards that this page may use and that are plugged in. */
export async function allowedWebHid(hid: WebHid): Promise<WebHidDevice[]> {
  return (await hid.getDevices()).filter(isBoard);
}

/** @throws TransportError "permission" when it cannot be opened, "busy" when another program uses it, "stalled" */
export async function openWebHid(hid: WebHid, device: WebHidDevice): Promise<Transport> {
  try {
    if (!device.opened) await device.open();
  } catch (cause) {
    const message = `${device.productName}: the browser cannot open this board; on Linux install the udev rule (npx cqd doctor), and close other programs that use it`;
    throw new TransportError("permission", message, { cause });
  }
  return openSession(new WebHidTransport(hid, device));
}

function isBoard({ collections, productId, vendorId }: WebHidDevice): boolean {
  const isOurs = vendorId === BOARDS.vendorId && productId === BOARDS.productId;
  return isOurs && collections.some(({ usagePage }) => usagePage === BOARDS.usagePage);
}
