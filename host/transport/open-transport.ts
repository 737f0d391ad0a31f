import { listProfiles } from "../../hw-profiles/load/load-profile.ts";
import { openUsbPipe } from "./bulk/open-usb-pipe.ts";
import { openStream, type StreamOptions } from "./bulk/stream-interface.ts";
import { listHidDevices, openHidTransport } from "./hid/open-hid.ts";
import { openSession } from "./session/open-session.ts";
import type { SimTransportOptions } from "./sim/sim-options.ts";
import type { ImagingTruthSource, TraceSource, Transport, TruthSource } from "./transport.ts";

export type { StreamInterface, StreamOptions } from "./bulk/stream-interface.ts";
export type { EffectSwitches } from "./sim/effect-switches.ts";
export type { ChipDeviation, SimTransportOptions } from "./sim/sim-options.ts";

export interface DeviceEntry {
  /** What openTransport() takes. */
  readonly device: string;
  readonly title: string;
  readonly kind: "sim" | "hid";
}

/** Simulated devices, one per profile of the package, and the HID devices that are plugged in. */
export async function listDevices(): Promise<DeviceEntry[]> {
  const simulated = listProfiles().map(
    ({ name, title }): DeviceEntry => ({ device: `sim:${name}`, title, kind: "sim" }),
  );
  const plugged = (await listHidDevices()).map(
    ({ serialNumber, product }): DeviceEntry => ({
      device: `hid:${serialNumber}`,
      title: product,
      kind: "hid",
    }),
  );
  return [...simulated, ...plugged];
}

/**
 * Open a device by name: `sim`, `sim:PROFILE` (a name or a path of a document) or `hid:SERIAL`.
 * @param simulation what only a simulated device needs to know.
 * @param stream what only a device on USB needs to know.
 * @param link comes between the bus and the session that claims the device: faults on purpose. A simulated device, which nobody
 * else can open, has a session only then.
 * @throws an Error with a text for people.
 */
export async function openTransport(
  device: string,
  simulation: SimTransportOptions = {},
  stream: StreamOptions = {},
  link?: (bus: Transport) => Transport,
): Promise<Transport> {
  const { kind, rest } = parseName(device);
  if (kind === "sim") {
    const { openSimTransport } = await import("./sim/sim-transport.ts");
    const board = await openSimTransport(simulated(device, rest, simulation));
    return link ? openSession(link(board)) : board;
  }
  const bus = await openHidTransport(rest);
  return openStream(await openSession(link ? link(bus) : bus), () => openUsbPipe(rest), stream);
}

/** A device that can be opened again after it was unplugged, and is the same one then. */
export interface DevicePort {
  readonly open: () => Promise<Transport>;
  /** What a simulated device knows of itself. */
  readonly board: Transport | undefined;
  /** To be called when it is opened no more. */
  readonly release: () => Promise<void>;
}

/** The device of a name, for several openings. Parameters and errors as those of openTransport(). */
export async function openPort(
  device: string,
  simulation: SimTransportOptions = {},
  stream: StreamOptions = {},
  link?: (bus: Transport) => Transport,
): Promise<DevicePort> {
  const { kind, rest } = parseName(device);
  if (kind === "hid") {
    const open = () => openTransport(device, simulation, stream, link);
    return { open, board: undefined, release: async () => undefined };
  }
  const { BoardSocket } = await import("./sim/board-socket.ts");
  const socket = await BoardSocket.open(simulated(device, rest, simulation));
  return {
    open: async () => (link ? openSession(link(socket.connect())) : socket.connect()),
    board: socket.board,
    release: () => socket.close(),
  };
}

/** A device's name in its two parts. */
export interface DeviceName {
  readonly kind: "sim" | "hid";
  /** Profile or document of a simulated board, "" for the default one; serial number of a board on USB. */
  readonly rest: string;
}

/** @throws Error for a name that is none, with a text for people. */
export function parseName(device: string): DeviceName {
  const colon = device.indexOf(":");
  const kind = colon < 0 ? device : device.slice(0, colon);
  const rest = colon < 0 ? "" : device.slice(colon + 1);
  if (kind === "sim" || (kind === "hid" && rest !== "")) return { kind, rest };
  throw new Error(
    `device: found "${device}", expected sim:PROFILE or hid:SERIAL; \`cqd list\` shows what there is`,
  );
}

function simulated(device: string, profile: string, simulation: SimTransportOptions): SimTransportOptions {
  if (profile === "") return simulation;
  if (simulation.profile === undefined) return { ...simulation, profile };
  throw new Error(`device: found "${device}" and a profile among the options, expected one of them`);
}

/** The ground truth of a device, if it is one that has it. */
export function truthSource(transport: Transport): TruthSource | undefined {
  return isTruthSource(transport) ? transport : undefined;
}

function isTruthSource(transport: Transport): transport is Transport & TruthSource {
  return "truth" in transport && typeof transport.truth === "function";
}

/** The ground truth of a device's pictures, if it is one that has it. */
export function imagingTruthSource(transport: Transport): ImagingTruthSource | undefined {
  return isImagingTruthSource(transport) ? transport : undefined;
}

function isImagingTruthSource(transport: Transport): transport is Transport & ImagingTruthSource {
  return "imagingTruth" in transport && typeof transport.imagingTruth === "function";
}

/** The waveforms of a device, if it is one that has them. */
export function traceSource(transport: Transport): TraceSource | undefined {
  return isTraceSource(transport) ? transport : undefined;
}

function isTraceSource(transport: Transport): transport is Transport & TraceSource {
  return "trace" in transport && typeof transport.trace === "function";
}
