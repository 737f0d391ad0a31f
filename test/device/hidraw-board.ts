import type { HIDAsync } from "node-hid";
import { openUsbPipe } from "../../host/transport/bulk/open-usb-pipe.ts";
import { openStream } from "../../host/transport/bulk/stream-interface.ts";
import { listHidDevices, openHidTransport } from "../../host/transport/hid/open-hid.ts";
import { openSession } from "../../host/transport/session/open-session.ts";
import type { Transport } from "../../host/transport/transport.ts";
import type { BoardUnderTest, Cable, Stall, StallableTransport } from "./bench.ts";

/** Ends what hangs, and nothing else. */
const ARRIVAL_LIMIT_MS = 100_000;
const POLL_MS = 20;

/** A board that the system has as a HID device, opened as openTransport("hid:SERIAL") opens it. */
export function hidrawBoard(serialNumber: string, speed: "high" | "full", cable?: Cable): BoardUnderTest {
  return {
    serialNumber,
    speed,
    cable,
    open: () => openStallable(serialNumber),
    openBulk: async () => {
      const control = await openSession(await openHidTransport(serialNumber));
      return openStream(control, () => openUsbPipe(serialNumber), { streamInterface: "bulk" });
    },
  };
}

/** Serial numbers of the boards that the system has. */
export async function listedSerials(): Promise<string[]> {
  return (await listHidDevices()).map((entry) => entry.serialNumber);
}

async function openStallable(serialNumber: string): Promise<StallableTransport> {
  const { HIDAsync, devicesAsync } = await import("node-hid");
  let opened: { readonly handle: HIDAsync; readonly path: string } | undefined;
  const open = async (path: string) => {
    const handle = await HIDAsync.open(path);
    opened = { handle, path };
    return handle;
  };
  const hid = await openHidTransport(serialNumber, { module: { devicesAsync, HIDAsync: { open } } });
  return withStall(await openSession(hid), () => {
    if (opened === undefined) throw new Error("found no device opened, expected one");
    return stallReader(opened.handle, opened.path);
  });
}

/**
 * Stops node-hid's reading thread: the kernel goes on filling the ring of this opening of the device. Another opening has a
 * ring of its own, and counts what arrives.
 */
async function stallReader(handle: HIDAsync, path: string): Promise<Stall> {
  const { HIDAsync } = await import("node-hid");
  const observer = await HIDAsync.open(path);
  let arrivals = 0;
  observer.on("data", () => arrivals++);
  handle.pause();
  return {
    arrived: async (reports) => {
      const end = performance.now() + ARRIVAL_LIMIT_MS;
      while (arrivals < reports) {
        if (performance.now() > end) throw new Error(`found ${arrivals} reports, expected ${reports}`);
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
    end: async () => {
      await observer.close();
      handle.resume();
    },
  };
}

function withStall(transport: Transport, stall: StallableTransport["stall"]): StallableTransport {
  return {
    stall,
    name: transport.name,
    onReport: (listener) => transport.onReport(listener),
    onClosed: (listener) => transport.onClosed(listener),
    sendReport: (report) => transport.sendReport(report),
    sendFeatureReport: (report) => transport.sendFeatureReport(report),
    getFeatureReport: (reportId, length) => transport.getFeatureReport(reportId, length),
    close: () => transport.close(),
  };
}
