import { STREAM_BULK } from "../../hw-profiles/interface/registers.ts";
import { REPORT_BYTES } from "../../hw-profiles/interface/reports.ts";
import * as Usb from "../../hw-profiles/interface/usb.ts";
import { ControlEndpoint } from "./control-endpoint.ts";
import type { UsbStrings } from "./descriptors.ts";
import { ReportQueue } from "./report-queue.ts";
import type { UsbBoardPort } from "./usb-board.ts";
import type { UsbSpeed } from "./usb-constants.ts";

/** Reports that the device holds for the host: a frame of the smaller sensors. */
const QUEUE_REPORTS = 512;

/** How a transfer on an endpoint ended. */
export type TransferResult =
  | { readonly kind: "done"; readonly data: Uint8Array }
  /** Nothing to say yet: the host polls again. */
  | { readonly kind: "nak" }
  /** Refused, until the host clears the halt; a control transfer is refused alone. */
  | { readonly kind: "stall" };

const NAK: TransferResult = { kind: "nak" };
const STALL: TransferResult = { kind: "stall" };
const DONE: TransferResult = { kind: "done", data: new Uint8Array(0) };

/**
 * The board as a USB device, whatever carries the bus. Time and pacing are the carrier's; the device answers.
 * Data reports leave by the IN endpoint that StreamInterface names; the other one answers NAK.
 */
export class UsbDevice {
  readonly speed: UsbSpeed;
  readonly #board: UsbBoardPort;
  readonly #control: ControlEndpoint;
  readonly #queue = new ReportQueue(QUEUE_REPORTS);
  #hasFailed = false;
  /** Called when a report waits that did not before. */
  onWaiting: (() => void) | undefined;

  constructor(board: UsbBoardPort, strings: UsbStrings, speed: UsbSpeed) {
    this.#board = board;
    this.speed = speed;
    this.#control = new ControlEndpoint(board, strings, speed, {
      configured: () => this.#startAnew(),
      haltCleared: (endpoint) => {
        if (endpoint === this.#streamEndpoint) this.#queue.clear();
      },
    });
  }

  get isConfigured(): boolean {
    return this.#control.state.configuration !== 0;
  }

  /** A data report of the board. Before the device is configured there is nobody to take it. */
  offer(report: Uint8Array): void {
    if (!this.isConfigured) return;
    if (!this.#queue.push(report)) this.#board.reportLost();
    this.onWaiting?.();
  }

  /** Another host program has the board: what waits is not for it. */
  forgetReports(): void {
    this.#queue.clear();
  }

  /** What is behind the device is broken: every transfer stalls from now on. */
  fail(): void {
    this.#hasFailed = true;
    this.onWaiting?.();
  }

  /** A transfer on endpoint 0. */
  control(setup: Uint8Array, data: Uint8Array): TransferResult {
    if (this.#hasFailed) return STALL;
    const answer = this.#control.transfer(setup, data);
    return answer === undefined ? STALL : { kind: "done", data: answer };
  }

  /**
   * The host polls an IN endpoint with room for `length` bytes. HID brings one report; bulk as many whole ones as wait and
   * fit, each REPORT_BYTES long, and what is shorter than `length` has ended with a short packet, if need be an empty one.
   */
  poll(endpoint: number, length: number): TransferResult {
    if (!this.#isOpen(endpoint)) return STALL;
    if (endpoint !== this.#streamEndpoint || this.#queue.waiting === 0) return NAK;
    return endpoint === Usb.USB_ENDPOINT_BULK_IN ? this.#transfer(length) : this.#report(length);
  }

  /** Whether poll() would do anything but NAK. */
  answers(endpoint: number): boolean {
    return !this.#isOpen(endpoint) || (endpoint === this.#streamEndpoint && this.#queue.waiting > 0);
  }

  #isOpen(endpoint: number): boolean {
    const isKnown = endpoint === Usb.USB_ENDPOINT_HID_IN || endpoint === Usb.USB_ENDPOINT_BULK_IN;
    return isKnown && !this.#hasFailed && this.isConfigured && !this.#control.isHalted(endpoint);
  }

  #report(length: number): TransferResult {
    const report = this.#queue.take();
    if (report === undefined) return NAK;
    // More than the host has room for is babble, which ends the transfer on a real bus, too.
    return report.length > length ? STALL : { kind: "done", data: report };
  }

  #transfer(length: number): TransferResult {
    const count = Math.floor(length / REPORT_BYTES);
    // Without room for one, a report is lost as it is on HID.
    const reports = this.#queue.takeSome(Math.max(1, count));
    if (count === 0) return STALL;
    const data = new Uint8Array(reports.length * REPORT_BYTES);
    for (const [i, report] of reports.entries()) data.set(report, i * REPORT_BYTES);
    return { kind: "done", data };
  }

  get #streamEndpoint(): number {
    return this.#board.streamInterface === STREAM_BULK ? Usb.USB_ENDPOINT_BULK_IN : Usb.USB_ENDPOINT_HID_IN;
  }

  /** The host sends an output report. */
  write(endpoint: number, data: Uint8Array): TransferResult {
    const isOpen = endpoint === Usb.USB_ENDPOINT_HID_OUT && this.isConfigured;
    if (!isOpen || this.#control.isHalted(endpoint)) return STALL;
    // A report that is none of ours was transferred all the same: HID has no way to refuse it here.
    this.#control.hid.command(data);
    return DONE;
  }

  /** The bus was reset, or the cable pulled. */
  reset(): void {
    this.#control.reset();
  }

  #startAnew(): void {
    this.#queue.clear();
    this.#board.reset();
  }
}
