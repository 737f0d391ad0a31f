import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { UsbIpError } from "./usbip-error.ts";

/** Where the kernel's virtual host controller is steered. */
export const VHCI_FOLDER = "/sys/devices/platform/vhci_hcd.0";

/** A port of the virtual host controller. */
export interface VhciPort {
  readonly port: number;
  /** "hs" takes devices up to high speed, "ss" those of USB 3. */
  readonly hub: string;
  readonly state: "free" | "starting" | "used" | "failed";
  /** Of this machine's bus, "1-1"; undefined unless used. */
  readonly busId: string | undefined;
}

/** VDEV_ST_* of the kernel's usbip_common.h. */
const STATES: ReadonlyMap<number, VhciPort["state"]> = new Map([
  [4, "free"],
  [5, "starting"],
  [6, "used"],
  [7, "failed"],
]);

/** hub, port, state, speed, device, socket, bus id of this machine. */
const PORT_LINE = /^(\w+)\s+(\d+)\s+(\d+)\s+\d+\s+[0-9a-f]+\s+\d+\s+(\S+)$/;

/** @throws UsbIpError when the kernel has no virtual host controller. */
export async function readPorts(folder: string): Promise<VhciPort[]> {
  const files = await readdir(folder).catch(() => {
    throw new UsbIpError(
      `virtual USB host controller: found no ${folder}, expected it; load the kernel's module as root: modprobe vhci-hcd`,
    );
  });
  const texts = await Promise.all(
    files
      .filter((file) => /^status(\.\d+)?$/.test(file))
      .map((file) => readFile(`${folder}/${file}`, "utf8")),
  );
  return texts.flatMap((text) => text.split("\n").flatMap(readPort)).sort((a, b) => a.port - b.port);
}

function readPort(line: string): VhciPort[] {
  const [, hub = "", port = "", state = "", busId] = PORT_LINE.exec(line.trim()) ?? [];
  const known = STATES.get(Number(state));
  if (hub === "" || known === undefined) return [];
  return [{ port: Number(port), hub, state: known, busId: known === "used" ? busId : undefined }];
}

/**
 * Give a connection to the kernel as the device of a port. The kernel takes it by the number that it has in the writing
 * process: a child, which gets it as number 3, so that nobody need know the number here.
 */
export async function attachSocket(
  folder: string,
  socket: Socket,
  { deviceId, port, speed }: { readonly port: number; readonly deviceId: number; readonly speed: number },
): Promise<void> {
  await writeAttribute(`${folder}/attach`, `${port} ${CHILD_SOCKET} ${deviceId} ${speed}`, socket);
}

/** Pull the cable of a port. */
export async function detachPort(folder: string, port: number): Promise<void> {
  await writeAttribute(`${folder}/detach`, String(port), undefined);
}

const CHILD_SOCKET = 3;

/** One write of the whole text; sysfs takes no two halves. */
function writeAttribute(path: string, text: string, socket: Socket | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("/bin/sh", ["-c", 'printf %s "$1" >"$2"', "sh", text, path], {
      stdio: ["ignore", "ignore", "pipe", socket ?? "ignore"],
    });
    let said = "";
    child.stderr?.on("data", (bytes: Buffer) => {
      said += bytes.toString();
    });
    child.once("error", (error) => reject(refused(path, text, error.message)));
    child.once("close", (code) => (code === 0 ? resolve() : reject(refused(path, text, said.trim()))));
  });
}

function refused(path: string, text: string, said: string): UsbIpError {
  const isForbidden = /permission denied/i.test(said);
  const next = isForbidden
    ? "only root may: run the command with sudo"
    : "another program may have taken the port: try again; `dmesg | tail` has the kernel's reason";
  return new UsbIpError(
    `${path}: found ${JSON.stringify(said)} when writing "${text}", expected it written; ${next}`,
  );
}
