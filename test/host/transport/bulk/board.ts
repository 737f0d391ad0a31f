import { openSession } from "../../../../host/transport/session/open-session.ts";
import { type ServedBus, serveUsbIp } from "../../../../host/transport/sim/serve-usbip.ts";
import type { Transport } from "../../../../host/transport/transport.ts";
import { UsbHost, UsbHostTransport } from "../../../sim/usb/usb-host.ts";
import { UsbIpModule } from "./usbip-module.ts";

export const SCENE = { scene: "wall:range=3", seed: 5, threads: 0 };

/** A board on a simulated bus, attached to this process as a kernel would attach it. */
export interface AttachedBoard {
  readonly bus: ServedBus;
  readonly serialNumber: string;
  readonly host: UsbHost;
  readonly module: UsbIpModule;
  /** Its HID interface, with a session. */
  readonly openControl: () => Promise<Transport>;
}

export async function attachBoard(profile: string, speed: "high" | "full" = "high"): Promise<AttachedBoard> {
  const simulation = { profile, ...SCENE };
  const bus = await serveUsbIp({ simulation, count: 1, port: 0, host: "127.0.0.1", speed });
  const [board] = bus.boards;
  const host = board && (await UsbHost.attach(bus.port, board.busId));
  if (host === undefined) throw new Error("the server refused the import");
  const openControl = async () => openSession(await UsbHostTransport.open(host));
  return { bus, serialNumber: board!.serialNumber, host, module: new UsbIpModule(host), openControl };
}
