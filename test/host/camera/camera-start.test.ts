import { expect, test } from "vitest";
import { Camera } from "../../../host/camera/camera.ts";
import { SyntheticBoard } from "../support/synthetic-board.ts";

/** Replies come later than the reports that the request causes. */
class LateReplies extends SyntheticBoard {
  override async getFeatureReport(): Promise<Uint8Array> {
    await new Promise((resolve) => setTimeout(resolve, 2));
    return super.getFeatureReport();
  }
}

test("reports that overtake the reply to AcquisitionStart count", async () => {
  const camera = await Camera.open(new LateReplies());
  const numbers: number[] = [];
  for (let run = 0; run < 4; run++)
    for await (const { frameNumber } of camera.frames({ count: 2 })) numbers.push(frameNumber);
  expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(camera.statistics()).toMatchObject({ frames: 8, lostReports: 0, incompleteFrames: 0 });
  await camera.close();
});
