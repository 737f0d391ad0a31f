import { EventEmitter } from "node:events";
import type { HidHandle, HidModule } from "../../../../host/transport/hid/hid-module.ts";
import type { BoardSocket } from "../../../../host/transport/sim/board-socket.ts";
import type { Transport } from "../../../../host/transport/transport.ts";
import { boardEntry } from "./fake-hid.ts";

const GONE = "No such device";

/** node-hid's handle of a simulated board. */
class SocketHandle extends EventEmitter implements HidHandle {
  readonly #link: Transport;
  #isClosed = false;

  constructor(link: Transport) {
    super();
    this.#link = link;
    link.onReport((report) => this.emit("data", Buffer.from(report)));
    link.onClosed((reason) => {
      const text =
        "could not read from HID device: hid_read_timeout: unexpected poll error (device disconnected)";
      // The reading thread looks every 50 ms; transfers learn it first. Once closed, it has nobody to tell.
      const tell = () => this.#isClosed || this.emit("error", text);
      if (reason) setTimeout(tell, 5);
    });
  }

  async write(report: Buffer): Promise<number> {
    await this.#link.sendReport(report).catch(() => failed(`Cannot write to hid device: ${GONE}`));
    return report.length;
  }

  async sendFeatureReport(report: Buffer): Promise<number> {
    const text = `could not send feature report to device: ioctl (SFEATURE): ${GONE}`;
    await this.#link.sendFeatureReport(report).catch(() => failed(text));
    return report.length;
  }

  async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    const text = `could not get feature report from device: ioctl (GFEATURE): ${GONE}`;
    return Buffer.from(await this.#link.getFeatureReport(reportId, length).catch(() => failed(text)));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#link.close();
    this.removeAllListeners();
  }
}

function failed(text: string): never {
  throw new Error(text);
}

/** node-hid on a machine whose one USB socket has a simulated board in it, or nothing. */
export function socketHid(socket: BoardSocket, serialNumber: string): HidModule {
  return {
    devicesAsync: async () => (socket.isPlugged ? [boardEntry(serialNumber)] : []),
    HIDAsync: { open: async () => new SocketHandle(socket.connect()) },
  };
}
