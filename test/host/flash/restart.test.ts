import { afterEach, expect, it, vi } from "vitest";
import { RegisterPort } from "../../../host/camera/register-port.ts";
import { FirmwareUpdater } from "../../../host/flash/firmware-updater.ts";
import { imageFacts } from "../../../host/image/node/verify-image.ts";
import { BoardSocket } from "../../../host/transport/sim/board-socket.ts";
import type { Transport } from "../../../host/transport/transport.ts";
import { REG_BOOT_COUNT, REG_FLASH_COMMAND } from "../../../hw-profiles/interface/registers.ts";
import {
  OPERATION_WRITE,
  REGISTER_ADDRESS,
  REGISTER_OPERATION,
} from "../../../hw-profiles/interface/reports.ts";
import { SMALL_FLASH, WORLD } from "./support/flash-bench.ts";

const HOUR_MS = 3_600_000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** A program that looks once before the board has restarted, and then stands still for an hour. */
class SlowProgram {
  commands = 0;
  readonly bus: Transport;
  #isStill = false;
  #reads = 0;
  #oldCount: Uint8Array | undefined;
  #request = new Uint8Array(0);

  constructor(board: Transport) {
    const now = performance.now.bind(performance);
    vi.spyOn(performance, "now").mockImplementation(() => now() + (this.#isStill ? HOUR_MS : 0));
    this.bus = {
      name: board.name,
      onReport: (listener) => board.onReport(listener),
      onClosed: (listener) => board.onClosed(listener),
      sendReport: (report) => board.sendReport(report),
      sendFeatureReport: (report) => {
        this.#request = report.slice();
        if (this.#address === REG_FLASH_COMMAND && report[REGISTER_OPERATION] === OPERATION_WRITE)
          this.commands++;
        return board.sendFeatureReport(report);
      },
      getFeatureReport: async (id, length) => this.#seen((await board.getFeatureReport(id, length)).slice()),
      close: () => board.close(),
    };
  }

  get #address(): number {
    return new DataView(this.#request.buffer).getUint16(REGISTER_ADDRESS, true);
  }

  #seen(reply: Uint8Array): Uint8Array {
    if (this.#address !== REG_BOOT_COUNT || this.#isStill) return reply;
    this.#oldCount ??= reply;
    // A look takes two reads that agree.
    if (this.commands > 0 && ++this.#reads === 2) this.#isStill = true;
    return this.#oldCount;
  }
}

it("a board that restarted while the program stood still is not restarted again", async () => {
  const socket = await BoardSocket.open({ ...WORLD, flash: { geometry: SMALL_FLASH } });
  const program = new SlowProgram(socket.connect());
  const updater = new FirmwareUpdater(new RegisterPort(program.bus), imageFacts);
  expect(await updater.restart()).toMatchObject({ running: 0 });
  expect(program.commands).toBe(1);
  await socket.close();
});
