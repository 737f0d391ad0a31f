import { resolveSimOptions } from "../../../../host/transport/sim/sim-options.ts";
import type {
  WebHid,
  WebHidConnection,
  WebHidDevice,
  WebHidReport,
} from "../../../../host/transport/webhid/web-hid.ts";
import { REPORT_BYTES } from "../../../../hw-profiles/interface/reports.ts";
import {
  HID_USAGE_PAGE,
  USB_ENDPOINT_HID_IN,
  USB_ENDPOINT_HID_OUT,
  USB_PRODUCT_ID,
  USB_VENDOR_ID,
} from "../../../../hw-profiles/interface/usb.ts";
import { PluggedBoard } from "../../../../sim/usb/plugged-board.ts";
import { SPEED_HIGH } from "../../../../sim/usb/usb-constants.ts";

const NOTHING = new Uint8Array(0);
const FEATURE = 3;

/** What the browser's process does with a board: control transfers and reports of the simulated USB device. */
export class BoardOnUsb {
  readonly board: PluggedBoard;
  readonly productName: string;
  onReport: ((report: Uint8Array) => void) | undefined;

  private constructor(board: PluggedBoard, productName: string) {
    this.board = board;
    this.productName = productName;
    board.device.onWaiting = () => queueMicrotask(() => this.#poll());
    this.plug();
  }

  static async open(profile: string, serialNumber = "CQD-WEB"): Promise<BoardOnUsb> {
    const options = resolveSimOptions({ profile, scene: "wall:range=3", seed: 5, threads: 0 });
    return new BoardOnUsb(await PluggedBoard.open({ ...options, speed: SPEED_HIGH, serialNumber }), profile);
  }

  plug(): void {
    this.board.device.control(Uint8Array.of(0, 9, 1, 0, 0, 0, 0, 0), NOTHING);
  }

  unplug(): void {
    this.board.device.reset();
  }

  /** @throws Error where the device stalls. */
  setFeature(report: Uint8Array): void {
    const setup = Uint8Array.of(0x21, 9, report[0] ?? 0, FEATURE, 0, 0, report.length, 0);
    if (this.board.device.control(setup, report).kind !== "done")
      throw notAllowed("write the feature report");
  }

  /** Its id in front, as Chromium gives it. @throws Error where the device stalls. */
  getFeature(reportId: number): Uint8Array {
    const setup = Uint8Array.of(0xa1, 1, reportId, FEATURE, 0, 0, 64, 0);
    const result = this.board.device.control(setup, NOTHING);
    if (result.kind !== "done") throw notAllowed("receive the feature report");
    return result.data;
  }

  write(report: Uint8Array): void {
    if (this.board.device.write(USB_ENDPOINT_HID_OUT, report).kind !== "done")
      throw notAllowed("write the report");
  }

  #poll(): void {
    for (;;) {
      const result = this.board.device.poll(USB_ENDPOINT_HID_IN, REPORT_BYTES);
      if (result.kind !== "done") return;
      this.onReport?.(result.data);
    }
  }
}

/** What Chromium answers, whatever went wrong. */
function notAllowed(what: string): DOMException {
  return new DOMException(`Failed to ${what}.`, "NotAllowedError");
}

/** A device of the fake, new at every plugging in, as in Chromium. */
class FakeDevice implements WebHidDevice {
  opened = false;
  readonly vendorId = USB_VENDOR_ID;
  readonly productId = USB_PRODUCT_ID;
  readonly productName: string;
  readonly collections = [{ usagePage: HID_USAGE_PAGE }];
  isGone = false;
  readonly #hid: FakeWebHid;
  readonly #usb: BoardOnUsb;
  readonly #listeners = new Set<(event: WebHidReport) => void>();

  constructor(hid: FakeWebHid, usb: BoardOnUsb) {
    this.#hid = hid;
    this.#usb = usb;
    this.productName = usb.productName;
  }

  async open(): Promise<void> {
    if (this.isGone || this.#hid.refusesOpen) throw notAllowed("open the device");
    this.opened = true;
    this.#usb.onReport = (report) => {
      const data = new DataView(report.slice(1).buffer);
      for (const listener of this.#listeners) listener({ reportId: report[0] ?? 0, data });
    };
  }

  async close(): Promise<void> {
    this.opened = false;
    this.#usb.onReport = undefined;
  }

  async sendReport(reportId: number, data: Uint8Array): Promise<void> {
    this.#requireOpen();
    this.#usb.write(Uint8Array.of(reportId, ...data));
  }

  async sendFeatureReport(reportId: number, data: Uint8Array): Promise<void> {
    this.#requireOpen();
    this.#usb.setFeature(Uint8Array.of(reportId, ...data));
  }

  async receiveFeatureReport(reportId: number): Promise<DataView> {
    this.#requireOpen();
    const report = this.#usb.getFeature(reportId);
    const cut = this.#hid.shape(report);
    return new DataView(cut.buffer, cut.byteOffset, cut.byteLength);
  }

  addEventListener(_type: "inputreport", listener: (event: WebHidReport) => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: "inputreport", listener: (event: WebHidReport) => void): void {
    this.#listeners.delete(listener);
  }

  #requireOpen(): void {
    if (this.isGone || !this.opened) throw notAllowed("transfer");
  }
}

/** `navigator.hid` of a machine with one simulated board. */
export class FakeWebHid implements WebHid {
  readonly usb: BoardOnUsb;
  /** The user closes the chooser without a choice. */
  choosesNone = false;
  refusesOpen = false;
  /** What the browser makes of a feature report. */
  shape: (report: Uint8Array) => Uint8Array = (report) => report;
  #device: FakeDevice | undefined;
  #isAllowed = false;
  readonly #listeners = new Set<(event: WebHidConnection) => void>();

  constructor(usb: BoardOnUsb) {
    this.usb = usb;
    this.#device = new FakeDevice(this, usb);
  }

  async getDevices(): Promise<WebHidDevice[]> {
    return this.#isAllowed && this.#device ? [this.#device] : [];
  }

  async requestDevice(): Promise<WebHidDevice[]> {
    this.#isAllowed = !this.choosesNone;
    return this.getDevices();
  }

  addEventListener(_type: "disconnect", listener: (event: WebHidConnection) => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: "disconnect", listener: (event: WebHidConnection) => void): void {
    this.#listeners.delete(listener);
  }

  unplug(): void {
    const device = this.#device;
    if (device === undefined) return;
    this.#device = undefined;
    device.isGone = true;
    this.usb.unplug();
    for (const listener of [...this.#listeners]) listener({ device });
  }

  replug(): void {
    this.usb.plug();
    this.#device = new FakeDevice(this, this.usb);
  }
}
