import { readFile } from "node:fs/promises";
import {
  deviceListRequest,
  importRequest,
  type RemoteDevice,
  readDeviceList,
  readImport,
} from "./op-codec.ts";
import { askServer, type UsbIpAddress } from "./op-request.ts";
import { UsbIpError } from "./usbip-error.ts";
import { attachSocket, detachPort, readPorts, VHCI_FOLDER, type VhciPort } from "./vhci.ts";

export type { RemoteDevice } from "./op-codec.ts";
export type { UsbIpAddress } from "./op-request.ts";

export interface AttachOptions {
  /** Folder of the virtual host controller; default: the kernel's. */
  readonly folder?: string;
  /** How long the kernel may take to enumerate the device, ms; default 5000. 0 does not wait. */
  readonly enumerateMs?: number;
}

/** A board that is attached to this machine. */
export interface AttachedBoard {
  /** Of the virtual host controller: what detachBoard() takes. */
  readonly port: number;
  /** On this machine, "3-1"; "" while the kernel has not enumerated it. */
  readonly busId: string;
  /** "" where the kernel does not know it. */
  readonly serialNumber: string;
}

const DEFAULT_ENUMERATE_MS = 5000;
const POLL_MS = 20;
const USB_DEVICES = "/sys/bus/usb/devices";

/** The devices that a USB/IP server offers. @throws UsbIpError */
export async function listBoards(address: UsbIpAddress): Promise<RemoteDevice[]> {
  const { reply, socket } = await askServer(address, deviceListRequest(), readDeviceList);
  socket.destroy();
  return reply;
}

/**
 * Attach a board of a USB/IP server to this Linux machine, as if it were plugged in. Needs root and the kernel's module
 * vhci-hcd. The kernel keeps the connection; this program may end.
 * @param busId as the server lists it.
 * @throws UsbIpError: no server, no such board or taken, no module, no permission, no free port, not enumerated in time.
 */
export async function attachBoard(
  address: UsbIpAddress,
  busId: string,
  options: AttachOptions = {},
): Promise<AttachedBoard> {
  const { enumerateMs = DEFAULT_ENUMERATE_MS, folder = VHCI_FOLDER } = options;
  const { port } = freePort(await readPorts(folder));
  const { reply, socket } = await askServer(address, importRequest(busId), readImport);
  try {
    if (reply === "refused") throw notImported(busId, await listBoards(address));
    await attachSocket(folder, socket, { ...reply, port });
  } finally {
    // The kernel has its own hold on the connection.
    socket.destroy();
  }
  return waitForDevice(folder, port, enumerateMs);
}

/** Boards and other devices that are attached to this machine by USB/IP. @throws UsbIpError without the module. */
export async function attachedBoards(folder: string = VHCI_FOLDER): Promise<AttachedBoard[]> {
  const used = (await readPorts(folder)).filter(({ state }) => state !== "free");
  return Promise.all(used.map(boardOf));
}

/** Pull the cable of a port. @throws UsbIpError when nothing is attached there. */
export async function detachBoard(port: number, folder: string = VHCI_FOLDER): Promise<void> {
  const used = (await readPorts(folder)).filter(({ state }) => state !== "free").map((entry) => entry.port);
  if (!used.includes(port)) {
    throw new UsbIpError(
      `port ${port}: found nothing attached, expected one of the ports ${used.join(", ") || "(none is used)"}`,
    );
  }
  await detachPort(folder, port);
}

function freePort(ports: readonly VhciPort[]): VhciPort {
  const free = ports.find(({ hub, state }) => hub === "hs" && state === "free");
  if (free !== undefined) return free;
  throw new UsbIpError(
    `virtual USB host controller: found all of its ${ports.length} ports used, expected a free one; cqd detach frees one`,
  );
}

function notImported(busId: string, offered: readonly RemoteDevice[]): UsbIpError {
  const ids = offered.map((device) => device.busId);
  if (ids.includes(busId))
    return new UsbIpError(
      `board ${busId}: found it attached elsewhere, expected it free; detach it there first`,
    );
  return new UsbIpError(
    `board ${busId}: found no such board on the server, expected one of ${ids.join(", ") || "(it offers none)"}`,
  );
}

async function waitForDevice(folder: string, port: number, enumerateMs: number): Promise<AttachedBoard> {
  for (let waitedMs = 0; waitedMs < enumerateMs; waitedMs += POLL_MS) {
    const entry = (await readPorts(folder)).find((candidate) => candidate.port === port);
    if (entry !== undefined && (await attribute(entry, "idVendor")) !== "") return boardOf(entry);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  if (enumerateMs === 0) return { port, busId: "", serialNumber: "" };
  throw new UsbIpError(
    `port ${port}: found no device after ${enumerateMs} ms, expected the kernel to enumerate the board; \`dmesg | tail\` ` +
      "has its reason",
  );
}

async function boardOf(entry: VhciPort): Promise<AttachedBoard> {
  const { busId = "", port } = entry;
  return { port, busId, serialNumber: await attribute(entry, "serial") };
}

/** What the kernel knows of the device on a port; "" while it has none. */
async function attribute({ busId }: VhciPort, name: string): Promise<string> {
  if (busId === undefined) return "";
  return (await readFile(`${USB_DEVICES}/${busId}/${name}`, "utf8").catch(() => "")).trim();
}
