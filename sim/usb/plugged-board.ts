import { Board, type BoardOptions } from "../board/board.ts";
import type { UsbBoardPort } from "./usb-board.ts";
import type { UsbSpeed } from "./usb-constants.ts";
import { UsbDevice } from "./usb-device.ts";

export interface PluggedOptions extends Omit<BoardOptions, "onReport"> {
  readonly speed: UsbSpeed;
  /** One per board on the bus. */
  readonly serialNumber: string;
}

const MANUFACTURER = "cqd-readout simulated board";

/**
 * A simulated board with its USB side. Virtual time advances while the host has credit outstanding, as it does in process:
 * frames are the same bytes whatever the bus does.
 */
export class PluggedBoard implements UsbBoardPort {
  readonly device: UsbDevice;
  readonly #board: Board;
  #running: Promise<void> | undefined;
  #isClosed = false;

  private constructor(board: Board, options: PluggedOptions) {
    this.#board = board;
    const { profile, serialNumber, speed } = options;
    const strings = { manufacturer: MANUFACTURER, product: profile.name, serialNumber };
    this.device = new UsbDevice(this, strings, speed);
  }

  /** @throws FirmwareError, SceneError, RangeError: whatever of the options does not hold. */
  static async open(options: PluggedOptions): Promise<PluggedBoard> {
    let plugged: PluggedBoard | undefined;
    const onReport = (report: Uint8Array) => plugged?.device.offer(report);
    plugged = new PluggedBoard(await Board.open({ ...options, onReport }), options);
    return plugged;
  }

  grantCredit(reports: number): void {
    this.#board.grantCredit(reports);
    this.#run();
  }

  request(report: Uint8Array): void {
    this.#board.registers.request(report);
    this.#run();
  }

  reply(): Uint8Array {
    return this.#board.registers.reply();
  }

  reset(): void {
    this.#board.disconnect();
  }

  /** Whether the board acquires frames. */
  get isActive(): boolean {
    return this.#board.isActive;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
    await this.#board.close();
  }

  #run(): void {
    if (this.#running === undefined && this.#board.ready) this.#running = this.#pump();
  }

  async #pump(): Promise<void> {
    while (!this.#isClosed && this.#board.ready) {
      await this.#board.advance();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#running = undefined;
  }
}
