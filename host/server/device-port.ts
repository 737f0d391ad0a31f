import { REPORT_ID_REGISTER } from "../../hw-profiles/interface/reports.ts";
import type { Transport } from "../transport/transport.ts";

/**
 * Feature requests of several pages to one device. Request and reply are two transfers on the wire; here they are
 * one exchange, so that no page ever reads another page's reply.
 */
export class DevicePort {
  private readonly transport: Transport;
  private last: Promise<unknown> = Promise.resolve();

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Send a feature report and fetch the device's reply, `length` bytes at most. */
  exchange(report: Uint8Array, length: number): Promise<Uint8Array> {
    const exchange = this.last.then(async () => {
      await this.transport.sendFeatureReport(report);
      return this.transport.getFeatureReport(report[0] ?? REPORT_ID_REGISTER, length);
    });
    this.last = exchange.catch(() => undefined);
    return exchange;
  }
}
