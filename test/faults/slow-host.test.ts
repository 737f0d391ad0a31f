import { expect, test } from "vitest";
import { Camera } from "../../host/camera/camera.ts";
import type { DepthFrame } from "../../host/camera/frame.ts";
import { openSimTransport } from "../../host/transport/sim/sim-transport.ts";
import { ACQUISITION_ACTIVE, ACQUISITION_FIFO_WAITING } from "../../hw-profiles/interface/registers.ts";

const WAITING = ACQUISITION_ACTIVE | ACQUISITION_FIFO_WAITING;

test("a host that is too slow loses whole frames: the device counts them, the others are complete", async () => {
  const transport = await openSimTransport({ profile: "inas-lidar-64x48", scene: "wall:range=3" });
  const camera = await Camera.open(transport, { queuedFrames: 1 });
  await camera.start();
  // The reader takes nothing: credit runs out with a frame still in the device.
  while ((await camera.registers.readNumber("AcquisitionStatus")) !== WAITING)
    await new Promise((resolve) => setTimeout(resolve, 5));
  await transport.advance(4);
  expect(await camera.registers.readNumber("DroppedFrames")).toBe(4);

  const frames: DepthFrame[] = [];
  for await (const frame of camera.depthFrames({ count: 6 })) frames.push(frame);
  expect(frames.every((frame) => frame.integrity.complete)).toBe(true);
  const steps = frames.slice(1).map((frame, i) => frame.frameNumber - frames[i]!.frameNumber);
  expect(steps.filter((step) => step === 5)).toHaveLength(1);
  expect(steps.filter((step) => step === 1)).toHaveLength(4);
  expect(frames.at(-1)?.integrity.droppedFrames).toBe(4);
  expect(camera.statistics()).toMatchObject({ droppedFrames: 4, lostReports: 0 });
  await camera.close();
});
