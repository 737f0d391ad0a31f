import { USBIP_PORT } from "../../../hw-profiles/interface/usbip.ts";
import {
  type AttachedBoard,
  attachBoard,
  attachedBoards,
  detachBoard,
  listBoards,
  type RemoteDevice,
  type UsbIpAddress,
} from "../../usbip/attach.ts";
import { usageError } from "../command-error.ts";
import { dim, printJson, printLine } from "../text/terminal.ts";

export interface AttachOptions {
  readonly busId?: string;
  readonly list?: true;
  readonly json?: true;
}

export interface DetachOptions {
  readonly all?: true;
  readonly json?: true;
}

const MAX_PORT = 65_535;

/** Attach a board, or list those that the server offers. @throws UsbIpError, CommandError */
export async function attach(server: string, options: AttachOptions): Promise<void> {
  const address = parseAddress(server);
  if (options.list) {
    printOffered(await listBoards(address), options);
    return;
  }
  const busId = options.busId ?? onlyBoard(await listBoards(address), server);
  const board = await attachBoard(address, busId);
  if (options.json) printJson(board);
  else printLine(`${boardText(board)}; cqd detach ${board.port} pulls the cable`);
}

/** Detach the board of a port, the only one, or all. @throws UsbIpError, CommandError */
export async function detach(port: number | undefined, options: DetachOptions): Promise<void> {
  const attached = await attachedBoards();
  const ports = options.all ? attached.map((board) => board.port) : [port ?? onlyPort(attached)];
  for (const each of ports) await detachBoard(each);
  if (options.json) printJson({ detached: ports });
  else printLine(ports.length === 0 ? "nothing is attached" : `detached: port ${ports.join(", ")}`);
}

/** HOST, HOST:PORT or [IPV6]:PORT. */
export function parseAddress(text: string): UsbIpAddress {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = digits === undefined ? USBIP_PORT : Number(digits);
  if (host !== undefined && port > 0 && port <= MAX_PORT) return { host, port };
  throw usageError(`server: found "${text}", expected HOST or HOST:PORT, such as 127.0.0.1:${USBIP_PORT}`);
}

function onlyBoard(offered: readonly RemoteDevice[], server: string): string {
  const [first, ...more] = offered;
  if (first !== undefined && more.length === 0) return first.busId;
  const ids = offered.map(({ busId }) => busId).join(", ") || "none";
  throw usageError(`${server} offers ${ids}, expected one board: choose with --bus-id`);
}

function onlyPort(attached: readonly AttachedBoard[]): number {
  const [first, ...more] = attached;
  if (first !== undefined && more.length === 0) return first.port;
  const ports = attached.map(boardText).join("; ") || "none";
  throw usageError(`attached: found ${ports}; expected one: give its port, or --all`);
}

function boardText({ busId, port, serialNumber }: AttachedBoard): string {
  return `port ${port}  ${busId}  ${serialNumber === "" ? "(no serial number)" : `hid:${serialNumber}`}`;
}

function printOffered(offered: readonly RemoteDevice[], { json }: AttachOptions): void {
  if (json) {
    printJson({ boards: offered });
    return;
  }
  for (const { busId, productId, speed, vendorId } of offered)
    printLine(`${busId}  ${hex(vendorId)}:${hex(productId)}  ${dim(SPEEDS[speed] ?? `speed ${speed}`)}`);
}

const SPEEDS: Readonly<Record<number, string>> = { 1: "low speed", 2: "full speed", 3: "high speed" };

function hex(number: number): string {
  return number.toString(16).padStart(4, "0");
}
