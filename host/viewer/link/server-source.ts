import type { ReportBatch } from "../../server/device-messages.ts";
import { DEVICE_PATH, type DeviceState } from "../../server/messages.ts";
import type { ClockOffset } from "./clock-offset.ts";
import type { DeviceSource, OpenDevice } from "./device-source.ts";
import { socketUrl } from "./socket-url.ts";
import { WebSocketTransport } from "./web-socket-transport.ts";

/** Enough that the next message is under way while this one is decoded. */
const CREDIT_REPORTS = 512;

/** The device that the server has open now: the same one until the server opens another. */
export class ServerSource implements DeviceSource {
  readonly id: string;
  private readonly name: string;
  private readonly clock: ClockOffset;

  constructor({ deviceName, epoch }: DeviceState, clock: ClockOffset) {
    this.id = `server ${epoch}`;
    this.name = deviceName;
    this.clock = clock;
  }

  async open(): Promise<OpenDevice> {
    const transport = await WebSocketTransport.open(socketUrl(DEVICE_PATH), this.name);
    let last: ReportBatch | undefined;
    transport.onBatch = (batch) => {
      last = batch;
    };
    const delivery = () => {
      const { completedAtMs = 0, skippedFrames = 0, skippedReports = 0 } = last ?? {};
      return { ageMs: () => this.clock.sinceMs(completedAtMs, Date.now()), skippedFrames, skippedReports };
    };
    return { transport, creditReports: CREDIT_REPORTS, delivery };
  }
}
