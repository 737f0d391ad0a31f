import { PluggedBoard } from "../../../sim/usb/plugged-board.ts";
import { SPEED_FULL, SPEED_HIGH } from "../../../sim/usb/usb-constants.ts";
import { Bus } from "../../../sim/usb/usbip/bus.ts";
import { UsbIpServer } from "../../../sim/usb/usbip/server.ts";
import { resolveSimOptions, type SimTransportOptions } from "./sim-options.ts";

export interface UsbIpOptions {
  readonly simulation: SimTransportOptions;
  /** Boards; each has a serial number of its own and the same world before it. */
  readonly count: number;
  readonly port: number;
  readonly host: string;
  readonly speed: "high" | "full";
}

export interface ServedBoard {
  /** As `usbip attach -b` takes it. */
  readonly busId: string;
  readonly serialNumber: string;
}

/** A running USB/IP server. */
export interface ServedBus {
  readonly port: number;
  readonly boards: readonly ServedBoard[];
  /** Pull the cable of a board. @returns whether a host had it. */
  readonly unplug: (busId: string) => boolean;
  readonly close: () => Promise<void>;
}

/** The profile's serial number; further boards count on. */
function serialOf(serialNumber: string, index: number): string {
  return index === 0 ? serialNumber : `${serialNumber}-${index + 1}`;
}

/**
 * Put simulated boards on a bus that USB/IP hosts attach from.
 * @throws ProfileError, SceneError, FirmwareError; Error of node:net, such as EADDRINUSE.
 */
export async function serveUsbIp(options: UsbIpOptions): Promise<ServedBus> {
  const { count, host, port, simulation } = options;
  const resolved = resolveSimOptions(simulation);
  const speed = options.speed === "high" ? SPEED_HIGH : SPEED_FULL;
  const serials = Array.from({ length: count }, (_, i) => serialOf(resolved.profile.serialNumber, i));
  const boards: PluggedBoard[] = [];
  const closeBoards = async () => {
    for (const board of boards) await board.close();
  };
  try {
    for (const serialNumber of serials)
      boards.push(await PluggedBoard.open({ ...resolved, speed, serialNumber }));
    const bus = new Bus(boards.map(({ device }) => device));
    const server = await UsbIpServer.listen(bus, port, host);
    return {
      port: server.port,
      boards: bus.devices().map(({ busId }, i) => ({ busId, serialNumber: serials[i] ?? "" })),
      unplug: (busId) => bus.unplug(busId),
      close: async () => {
        await server.close();
        await closeBoards();
      },
    };
  } catch (error) {
    await closeBoards();
    throw error;
  }
}
