import { RegisterPort } from "../camera/register-port.ts";
import type { Transport } from "../transport/transport.ts";
import { CABLE_WAIT_MS } from "./cable-watch.ts";
import type { DevicePort } from "./device-port.ts";

/** Registers of a device that pages share, for the program that serves them: its requests take their turn among the pages'. */
export function relayRegisters(name: string, port: DevicePort): RegisterPort {
  let reply = Promise.resolve<Uint8Array>(new Uint8Array(0));
  const transport: Transport = {
    name,
    onReport: () => undefined,
    onClosed: () => undefined,
    sendReport: async () => undefined,
    sendFeatureReport: async (report) => {
      reply = port.exchange(report, report.length);
      await reply;
    },
    getFeatureReport: () => reply,
    close: async () => undefined,
  };
  // A request waits as long as its device is away.
  return new RegisterPort(transport, CABLE_WAIT_MS);
}
