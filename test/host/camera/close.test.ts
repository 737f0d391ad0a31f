import { afterEach, beforeEach, expect, test } from "vitest";
import { Camera } from "../../../host/camera/camera.ts";
import { REG_ACQUISITION_STOP } from "../../../hw-profiles/interface/registers.ts";
import { REGISTER_ADDRESS } from "../../../hw-profiles/interface/reports.ts";
import { SyntheticBoard } from "../support/synthetic-board.ts";

/** Answers when it is told to; once it is closed, it fails as a transport that knows no better. */
class SlowBoard extends SyntheticBoard {
  #answer: () => void = () => undefined;
  #answered: Promise<void> | undefined;
  stops = 0;
  closings = 0;

  /** From now on, until the function that it returns is called. */
  hold(): () => void {
    this.#answered = new Promise((resolve) => {
      this.#answer = resolve;
    });
    return () => this.#answer();
  }

  override async sendFeatureReport(report: Uint8Array): Promise<void> {
    const address = new DataView(report.buffer, report.byteOffset).getUint16(REGISTER_ADDRESS, true);
    if (address === REG_ACQUISITION_STOP) this.stops++;
    await this.#answered;
    if (!this.isOpen) throw new Error("found a request, expected none");
    return super.sendFeatureReport(report);
  }

  override async close(): Promise<void> {
    this.closings++;
    return super.close();
  }
}

const unheard: unknown[] = [];
const hear = (reason: unknown) => unheard.push(reason);
beforeEach(() => {
  unheard.length = 0;
  process.on("unhandledRejection", hear);
});
afterEach(() => {
  process.off("unhandledRejection", hear);
});

test("closed again while it closes, a camera is closed once, and both know when", async () => {
  const board = new SlowBoard();
  const camera = await Camera.open(board);
  await camera.start();
  const answer = board.hold();
  const ends: string[] = [];
  const closings = ["first", "second"].map((name) => camera.close().then(() => ends.push(name)));
  await new Promise((resolve) => setImmediate(resolve));
  expect(board.closings).toBe(0);
  expect(ends).toEqual([]);
  answer();
  await Promise.all(closings);
  expect([board.stops, board.closings]).toEqual([1, 1]);
  await camera.close();
  expect(board.closings).toBe(1);
});

test("what is asked while the camera is closed, and later, ends with a name, whatever the transport says", async () => {
  const board = new SlowBoard();
  const camera = await Camera.open(board);
  const answer = board.hold();
  const asked = camera.registers.read("SensorWidth").catch((error: unknown) => error);
  const next = camera.registers.read("SensorHeight").catch((error: unknown) => error);
  await new Promise((resolve) => setImmediate(resolve));
  await camera.close();
  answer();
  const closed = { name: "CameraError", code: "closed" };
  expect(await asked).toMatchObject({ ...closed, message: expect.stringContaining("found a request") });
  expect(await next).toMatchObject(closed);
  await expect(camera.registers.write("AcquisitionFrameCount", 1)).rejects.toMatchObject(closed);
  expect(unheard).toEqual([]);
});
