import { expect, test } from "vitest";
import { Camera } from "../../../host/camera/camera.ts";
import type { DepthFrame } from "../../../host/camera/frame.ts";
import { FrameMemory } from "../../../host/geometry/frame-memory.ts";
import { toPoints, viewPoints } from "../../../host/geometry/points.ts";
import type { RayTable } from "../../../host/geometry/ray-table.ts";
import { FrameAssembler } from "../../../host/packet/frame-assembler.ts";
import { COMPONENT_FLAGS } from "../../../hw-profiles/interface/reports.ts";
import { SyntheticBoard } from "../support/synthetic-board.ts";
import { depthFrame, SMALL, sessionReports } from "../support/synthetic-frames.ts";

/** A made-up table: any f32 will do. */
function tableOf(width: number, height: number): RayTable {
  return {
    width,
    height,
    directions: Float32Array.from({ length: 3 * width * height }, (_, i) => Math.sin(i)),
  };
}

const table = () => tableOf(SMALL.width, SMALL.height);

function assemble(memory: FrameMemory | undefined, options = SMALL, count = 3): DepthFrame[] {
  const assembler = new FrameAssembler();
  assembler.planes = memory;
  return sessionReports(count, options)
    .flat()
    .flatMap((report) => assembler.push(report))
    .map(depthFrame);
}

/** Memory for three frames that others have used. */
function usedMemory(rays: RayTable): FrameMemory {
  const memory = new FrameMemory(rays, 3);
  for (let i = 0; i < 3; i++) {
    const { flags, rangeM } = memory.lend(rays.width, rays.height)!;
    flags.fill(0xff);
    rangeM.fill(Number.NaN);
  }
  memory.giveBackAll();
  return memory;
}

/** The buffer that a frame's arrays share with its points; undefined when they do not. */
function sharedBuffer(frame: DepthFrame, rays: RayTable): ArrayBufferLike | undefined {
  const { buffer } = viewPoints(frame, rays);
  return frame.rangeM.buffer === buffer && frame.flags.buffer === buffer ? buffer : undefined;
}

test.each([
  ["all components", SMALL],
  ["no flags", { ...SMALL, components: SMALL.components & ~COMPONENT_FLAGS }],
])("%s: frames and points are those of frames with arrays of their own", (_, options) => {
  const rays = table();
  const own = assemble(undefined, options);
  const lent = assemble(usedMemory(rays), options);
  expect(lent).toEqual(own);
  for (const [i, frame] of lent.entries()) {
    expect(sharedBuffer(frame, rays)).toBeDefined();
    expect(toPoints(frame, rays)).toEqual(toPoints(own[i]!, table()));
  }
});

test.each([
  [1, 1],
  [7, 3],
  [64, 48],
  [16_387, 2],
])("%i x %i: points need no copy", (width, height) => {
  const rays = tableOf(width, height);
  const memory = new FrameMemory(rays, 2);
  const images = [0, 1].map(() => memory.lend(width, height)!);
  for (const [n, { flags, rangeM }] of images.entries()) {
    for (let i = 0; i < rangeM.length; i++) {
      rangeM[i] = n + Math.sqrt(i);
      flags[i] = (i * 37 + n) & 0xff;
    }
  }
  for (const { flags, rangeM } of images) {
    const copied = { width, height, rangeM: rangeM.slice(), flags: flags.slice() };
    expect(toPoints({ width, height, rangeM, flags }, rays)).toEqual(
      toPoints(copied, tableOf(width, height)),
    );
  }
});

test("a frame holds while the loop has it; its memory is used again afterwards", async () => {
  const board = new SyntheticBoard();
  const camera = await Camera.open(board);
  let rays: RayTable | undefined;
  const seen = new Set<Float32Array>();
  for await (const frame of camera.depthFrames({ count: 1 })) rays = tableOf(frame.width, frame.height);
  camera.decodeInto(new FrameMemory(rays!));
  for await (const frame of camera.depthFrames({ count: 40 })) {
    const rangeM = frame.rangeM.slice();
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(frame.rangeM).toEqual(rangeM);
    if (sharedBuffer(frame, rays!)) seen.add(frame.rangeM);
  }
  expect(seen.size).toBeGreaterThan(0);
  expect(seen.size).toBeLessThanOrEqual(4);
  camera.decodeInto(undefined);
  for await (const frame of camera.depthFrames({ count: 2 }))
    expect(sharedBuffer(frame, rays!)).toBeUndefined();
  await camera.close();
});

test("with all memory lent, or of another size, a frame gets arrays of its own", () => {
  const rays = table();
  const frames = assemble(new FrameMemory(rays, 2));
  expect(frames.map((frame) => sharedBuffer(frame, rays) !== undefined)).toEqual([true, true, false]);
  expect(frames).toEqual(assemble(undefined));
  const memory = new FrameMemory(rays, 1);
  expect(memory.lend(SMALL.width + 1, SMALL.height)).toBeUndefined();
  const planes = memory.lend(SMALL.width, SMALL.height)!;
  memory.giveBack(new Float32Array(1));
  expect(memory.lend(SMALL.width, SMALL.height)).toBeUndefined();
  memory.giveBack(planes.rangeM);
  memory.giveBack(planes.rangeM);
  expect(memory.lend(SMALL.width, SMALL.height)).toBe(planes);
  expect(memory.lend(SMALL.width, SMALL.height)).toBeUndefined();
  memory.giveBackAll();
  expect(memory.lend(SMALL.width, SMALL.height)).toBe(planes);
});

test("memory for no frame is refused", () => {
  expect(() => new FrameMemory(table(), 0)).toThrow(
    /found memory for 0 frames, expected a whole number from 1/,
  );
});
