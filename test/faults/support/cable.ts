import type { Transport } from "../../../host/transport/transport.ts";
import { TransportError } from "../../../host/transport/transport-error.ts";
import { REPORT_BYTES } from "../../../hw-profiles/interface/reports.ts";
import * as Usb from "../../../hw-profiles/interface/usb.ts";
import type { PluggedBoard } from "../../../sim/usb/plugged-board.ts";
import {
  HID_GET_REPORT,
  HID_SET_REPORT,
  REPORT_TYPE_FEATURE,
  REQUEST_SET_CONFIGURATION,
} from "../../../sim/usb/usb-constants.ts";
import type { TransferResult } from "../../../sim/usb/usb-device.ts";

const NOTHING = new Uint8Array(0);
const HID_TO_DEVICE = 0x21;
const HID_TO_HOST = 0xa1;

function setup(type: number, request: number, value: number, length: number): Uint8Array {
  return Uint8Array.of(type, request, value & 0xff, value >> 8, 0, 0, length & 0xff, length >> 8);
}

/**
 * The seam over a simulated USB device in this process: what a kernel's HID driver does, without a bus between. Closing it
 * leaves the device as it is, as closing a device node does; reset() is pulling the cable and putting it back.
 */
export class Cable implements Transport {
  readonly name = "test:cable";
  /** Grows with every packet. */
  packets = 0;
  readonly #board: PluggedBoard;
  readonly #reports: ((report: Uint8Array) => void)[] = [];
  #isOpen = true;
  #isPolling = false;

  constructor(board: PluggedBoard) {
    this.#board = board;
    board.device.onWaiting = () => this.#poll();
    this.#poll();
  }

  /** Put the cable in, or pull it and put it in again. */
  static reset({ device }: PluggedBoard): void {
    device.reset();
    device.control(setup(0, REQUEST_SET_CONFIGURATION, 1, 0), NOTHING);
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#reports.push(listener);
  }

  onClosed(): void {
    // The device itself does not go away: faults of the link do that.
  }

  async sendReport(report: Uint8Array): Promise<void> {
    this.#done(this.#board.device.write(Usb.USB_ENDPOINT_HID_OUT, report));
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    const value = (REPORT_TYPE_FEATURE << 8) | (report[0] ?? 0);
    const request = setup(HID_TO_DEVICE, HID_SET_REPORT, value, report.length);
    this.#done(this.#board.device.control(request, report));
  }

  async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    const request = setup(HID_TO_HOST, HID_GET_REPORT, (REPORT_TYPE_FEATURE << 8) | reportId, length);
    return this.#done(this.#board.device.control(request, NOTHING)).slice();
  }

  async close(): Promise<void> {
    this.#isOpen = false;
  }

  #done(result: TransferResult): Uint8Array {
    this.packets++;
    if (!this.#isOpen) throw new TransportError("unplugged", "the cable is closed");
    if (result.kind === "done") return result.data;
    throw new TransportError("stalled", "the device refuses the transfer");
  }

  /** Reports come in a turn of their own, as from a kernel. */
  #poll(): void {
    if (this.#isPolling) return;
    this.#isPolling = true;
    setImmediate(() => {
      this.#isPolling = false;
      while (this.#isOpen) {
        const result = this.#board.device.poll(Usb.USB_ENDPOINT_HID_IN, REPORT_BYTES);
        if (result.kind !== "done") return;
        this.packets++;
        for (const listener of this.#reports) listener(result.data);
      }
    });
  }
}
