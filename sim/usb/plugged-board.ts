import { Board, type BoardOptions } from "../board/board.ts";
import { BoardRunner } from "../board/board-runner.ts";
import type { UsbBoardPort } from "./usb-board.ts";
import type { UsbSpeed } from "./usb-constants.ts";
import { UsbDevice } from "./usb-device.ts";

export interface PluggedOptions extends Omit<BoardOptions, "onReport" | "onSession"> {
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
  readonly #runner: BoardRunner;
  #failure: Error | undefined;

  private constructor(board: Board, options: PluggedOptions) {
    this.#board = board;
    this.#runner = new BoardRunner(board, (error) => {
      this.#failure = error;
      this.device.fail();
    });
    const { profile, serialNumber, speed } = options;
    const strings = { manufacturer: MANUFACTURER, product: profile.name, serialNumber };
    this.device = new UsbDevice(this, strings, speed);
  }

  /** @throws FirmwareError, SceneError, RangeError: whatever of the options does not hold. */
  static async open(options: PluggedOptions): Promise<PluggedBoard> {
    let plugged: PluggedBoard | undefined;
    const onReport = (report: Uint8Array) => plugged?.device.offer(report);
    const onSession = () => plugged?.device.forgetReports();
    const profile = { ...options.profile, serialNumber: options.serialNumber };
    plugged = new PluggedBoard(await Board.open({ ...options, profile, onReport, onSession }), options);
    return plugged;
  }

  get streamInterface(): number {
    return this.#board.streamInterface;
  }

  reportLost(): void {
    this.#board.lostReports++;
  }

  grantCredit(reports: number, session: number): void {
    this.#board.grantCredit(reports, session);
    this.#runner.run();
  }

  request(report: Uint8Array): void {
    this.#board.registers.request(report);
    this.#runner.run();
  }

  reply(): Uint8Array {
    return this.#board.registers.reply();
  }

  reset(): void {
    this.#board.disconnect();
  }

  /** What the simulation failed with; the device answers nothing but stalls from then on. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Whether the board acquires frames. */
  get isActive(): boolean {
    return this.#board.isActive;
  }

  async close(): Promise<void> {
    await this.#runner.stop();
    await this.#board.close();
  }
}
