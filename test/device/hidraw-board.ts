import type { HIDAsync } from "node-hid";
import { HidTransport } from "../../host/transport/hid/hid-transport.ts";
import { listHidDevices } from "../../host/transport/hid/open-hid.ts";
import { openSession } from "../../host/transport/session/open-session.ts";
import type { Transport } from "../../host/transport/transport.ts";
import type { BoardUnderTest, Cable, Stall, StallableTransport } from "./bench.ts";

const ARRIVAL_LIMIT_MS = 20_000;
const POLL_MS = 20;

/** A board that the system has as a HID device, opened as openTransport("hid:SERIAL") opens it. */
export function hidrawBoard(serialNumber: string, speed: "high" | "full", cable?: Cable): BoardUnderTest {
  return { serialNumber, speed, cable, open: () => openStallable(serialNumber) };
}

/** Serial numbers of the boards that the system has. */
export async function listedSerials(): Promise<string[]> {
  return (await listHidDevices()).map((entry) => entry.serialNumber);
}

async function openStallable(serialNumber: string): Promise<StallableTransport> {
  const found = await listHidDevices();
  const entry = found.find((one) => one.serialNumber === serialNumber);
  if (entry === undefined)
    throw new Error(
      `found ${found.map((one) => one.serialNumber).join(", ") || "none"}, expected ${serialNumber}`,
    );
  const { HIDAsync } = await import("node-hid");
  const handle = await HIDAsync.open(entry.path);
  const transport = await openSession(new HidTransport(`hid:${serialNumber}`, handle));
  return withStall(transport, () => stallReader(handle, entry.path));
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
