import { expect, test } from "vitest";
import { Camera } from "../../../host/camera/camera.ts";
import { SyntheticBoard } from "../support/synthetic-board.ts";

/** The host looks at what the board sent only when it has asked the board something: one report an answer. */
class BusyHost extends SyntheticBoard {
  readonly #waiting: Uint8Array[] = [];
  #take: (report: Uint8Array) => void = () => undefined;

  override onReport(listener: (report: Uint8Array) => void): void {
    this.#take = listener;
    super.onReport((report) => this.#waiting.push(report));
  }

  override async getFeatureReport(): Promise<Uint8Array> {
    const report = this.#waiting.shift();
    if (report) this.#take(report);
    return super.getFeatureReport();
  }
}

test("a board that has sent all and is at rest: what is still on its way to a busy host is waited for", async () => {
  const camera = await Camera.open(new BusyHost(), { stallMs: 1 });
  const complete: boolean[] = [];
  for await (const { integrity } of camera.frames({ count: 3 })) complete.push(integrity.complete);
  expect(complete).toEqual([true, true, true]);
  expect(camera.statistics()).toMatchObject({ lostReports: 0, incompleteFrames: 0 });
  await camera.close();
});
