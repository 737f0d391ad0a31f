import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openTransport } from "../../../host/transport/open-transport.ts";
import type { Transport } from "../../../host/transport/transport.ts";
import { DeviceLink } from "../../../host/viewer/link/device-link.ts";
import type { DeviceSource } from "../../../host/viewer/link/device-source.ts";

/** Longer than a link waits before it opens the next device. */
const CLOSING_MS = 1000;
/** A frame comes and waits meanwhile. */
const DRAWING_MS = 500;

/** The way to a simulated board, as a socket is: what is asked when it is lost fails, and then all hear that it is lost. */
class Way implements Transport {
  readonly name = "way";
  private readonly bus: Transport;
  private readonly closedListeners: ((reason: Error | undefined) => void)[] = [];
  private cut: ((reason: Error) => void) | undefined;
  private isHeld = false;
  private readonly whenClosed: () => void;

  constructor(bus: Transport, whenClosed: () => void) {
    this.bus = bus;
    this.whenClosed = whenClosed;
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.bus.onReport(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.closedListeners.push(listener);
  }

  sendReport(report: Uint8Array): Promise<void> {
    return this.bus.sendReport(report);
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    if (!this.isHeld) return this.bus.sendFeatureReport(report);
    return new Promise((_, reject) => {
      this.cut = reject;
    });
  }

  getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    return this.bus.getFeatureReport(reportId, length);
  }

  async close(): Promise<void> {
    await sleep(CLOSING_MS);
    await this.bus.close();
    this.whenClosed();
  }

  /** From now on nothing is answered. */
  hold(): void {
    this.isHeld = true;
  }

  lose(): void {
    const reason = new Error("lost");
    this.cut?.(reason);
    for (const listener of this.closedListeners) listener(reason);
  }
}

class Board implements DeviceSource {
  readonly id: string;
  way: Way | undefined;
  private readonly log: string[];

  constructor(id: string, log: string[]) {
    this.id = id;
    this.log = log;
  }

  async open() {
    this.log.push(`open ${this.id}`);
    const simulation = { scene: "wall:range=3", seed: 5, threads: 0 };
    const bus = await openTransport("sim:inas-lidar-64x48", simulation);
    this.way = new Way(bus, () => this.log.push(`closed ${this.id}`));
    const delivery = () => ({ ageMs: () => 0, skippedFrames: 0, skippedReports: 0 });
    return { transport: this.way, delivery };
  }
}

describe("the device that a page follows", () => {
  it("is opened when the one before is closed, of which nothing is shown any more", async () => {
    const log: string[] = [];
    const [first, second] = [new Board("first", log), new Board("second", log)];
    await new Promise<void>((resolve, reject) => {
      const link = new DeviceLink({
        opened: () => log.push("opened"),
        failed: reject,
        frame: async () => {
          log.push("frame");
          if (log.includes("open second")) {
            link.watch(undefined);
            resolve();
          } else {
            await sleep(DRAWING_MS);
            link.watch(second);
          }
        },
      });
      link.watch(first);
    });
    expect(log).toEqual([
      ...["open first", "opened", "frame", "closed first"],
      ...["open second", "opened", "frame"],
    ]);
  });

  it("is not there any more when what was asked of it fails because it is gone", async () => {
    const board = new Board("lost", []);
    const found = await new Promise((resolve) => {
      const link = new DeviceLink({
        opened: () => undefined,
        failed: () => link.watch(undefined),
        frame: async () => {
          board.way?.hold();
          link.open?.registers.readNumber("Width").catch(() => resolve(link.open));
          await sleep(0);
          board.way?.lose();
        },
      });
      link.watch(board);
    });
    expect(found).toBeUndefined();
  });
});
