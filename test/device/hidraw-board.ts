import { HidTransport } from "../../host/transport/hid/hid-transport.ts";
import { listHidDevices } from "../../host/transport/hid/open-hid.ts";
import { openSession } from "../../host/transport/session/open-session.ts";
import type { Transport } from "../../host/transport/transport.ts";
import type { BoardUnderTest, Cable, StallableTransport } from "./bench.ts";

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
  return stallable(transport, {
    pause: () => handle.pause(),
    resume: () => handle.resume(),
  });
}

function stallable(
  transport: Transport,
  reader: Pick<StallableTransport, "pause" | "resume">,
): StallableTransport {
  return {
    ...reader,
    name: transport.name,
    onReport: (listener) => transport.onReport(listener),
    onClosed: (listener) => transport.onClosed(listener),
    sendReport: (report) => transport.sendReport(report),
    sendFeatureReport: (report) => transport.sendFeatureReport(report),
    getFeatureReport: (reportId, length) => transport.getFeatureReport(reportId, length),
    close: () => transport.close(),
  };
}
