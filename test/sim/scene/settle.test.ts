import { expect, it } from "vitest";
import { instantiateKernels, MemoryPlan } from "../../../sim/scene/trace/tracer.ts";
import { traceModule } from "./support.ts";

const PIXELS = 5;
const RAYS_PER_PIXEL = 3;
const RAYS = PIXELS * RAYS_PER_PIXEL;
const WORK_STRIDE = 4 * RAYS;
const FRONT_STRIDE = 4 * RAYS + 64;

it("settle moves hits to their place and flags each pixel in which any value of any ray differs", () => {
  const plan = new MemoryPlan();
  const work = plan.take(3 * WORK_STRIDE);
  const front = plan.take(3 * FRONT_STRIDE);
  const flags = plan.take(PIXELS);
  const memory = plan.createMemory();
  const kernels = instantiateKernels(traceModule, memory);
  const planes = [0, 1, 2].map((plane) => ({
    work: new Float32Array(memory.buffer, work + plane * WORK_STRIDE, RAYS),
    front: new Float32Array(memory.buffer, front + plane * FRONT_STRIDE, RAYS),
  }));
  const settle = (): number[] => {
    kernels.settle(work, WORK_STRIDE, front, FRONT_STRIDE, flags, PIXELS, RAYS_PER_PIXEL);
    for (const plane of planes) expect(plane.front).toEqual(plane.work);
    return [...new Uint8Array(memory.buffer, flags, PIXELS)];
  };
  for (const plane of planes) plane.work.fill(0.5);
  expect(settle()).toEqual([1, 1, 1, 1, 1]);
  expect(settle()).toEqual([0, 0, 0, 0, 0]);
  for (const plane of planes) {
    for (let ray = 0; ray < RAYS; ray++) {
      plane.work[ray]! += 0.25;
      const pixel = Math.floor(ray / RAYS_PER_PIXEL);
      expect(settle()).toEqual([0, 1, 2, 3, 4].map((each) => (each === pixel ? 1 : 0)));
    }
  }
  planes[0]!.work[7] = 1e30;
  expect(settle()).toEqual([0, 0, 1, 0, 0]);
  expect(planes[0]!.front[7]).toBe(0);
});
