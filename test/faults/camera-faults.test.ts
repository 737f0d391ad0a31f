import { beforeAll, describe, expect, test } from "vitest";
import { Camera } from "../../host/camera/camera.ts";
import type { CameraStatistics } from "../../host/camera/camera-options.ts";
import type { DepthFrame } from "../../host/camera/frame.ts";
import { withFaults } from "../../host/transport/faults/with-faults.ts";
import { openTransport } from "../../host/transport/open-transport.ts";
import { PIXEL_MISSING } from "../../hw-profiles/interface/pixel-flags.ts";

const FRAMES = 3;

/** Three frames of the small simulated camera, through a cable with these faults. */
async function take(
  faults: string | undefined,
  count = FRAMES,
): Promise<{ frames: DepthFrame[]; statistics: CameraStatistics }> {
  const transport = await openTransport("sim:inas-lidar-64x48", { scene: "wall:range=3", seed: 5 });
  const link = faults === undefined ? transport : withFaults(transport, faults);
  const camera = await Camera.open(link, { stallMs: 200 });
  try {
    const frames: DepthFrame[] = [];
    for await (const frame of camera.depthFrames({ count })) frames.push(frame);
    return { frames, statistics: camera.statistics() };
  } finally {
    await camera.close();
  }
}

function missingPixels(frame: DepthFrame | undefined): number[] {
  return [...(frame?.flags.keys() ?? [])].filter((i) => frame!.flags[i]! & PIXEL_MISSING);
}

describe("faults between a simulated board and the camera", () => {
  let clean: readonly DepthFrame[];
  let perFrame: number;

  beforeAll(async () => {
    const { frames, statistics } = await take(undefined);
    clean = frames;
    perFrame = statistics.reports / FRAMES;
    expect(statistics).toMatchObject({ frames: FRAMES, incompleteFrames: 0, lostReports: 0 });
  });

  /** What arrived is right, what did not is marked, and the frames around are untouched. */
  function expectHonest(frames: readonly DepthFrame[]): void {
    expect(frames.map((frame) => frame.frameNumber)).toEqual([0, 1, 2]);
    for (const i of [0, 2]) {
      expect(frames[i]!.integrity.complete).toBe(true);
      expect(frames[i]!.rangeM).toEqual(clean[i]!.rangeM);
      expect(frames[i]!.flags).toEqual(clean[i]!.flags);
    }
    const hurt = frames[1]!;
    for (let i = 0; i < hurt.flags.length; i++) {
      const isMissing = (hurt.flags[i]! & PIXEL_MISSING) !== 0;
      if (hurt.rangeM[i] !== (isMissing ? 0 : clean[1]!.rangeM[i]))
        throw new Error(`pixel ${i} is neither right nor marked`);
    }
  }

  const places: [string, (n: number) => number][] = [
    ["the leader", (n) => n],
    ["the first line report", (n) => n + 1],
    ["the middle", (n) => n + (n >> 1)],
    ["the last line report", (n) => 2 * n - 2],
    ["the trailer", (n) => 2 * n - 1],
  ];

  test.each(places)("dropped: %s", async (_, at) => {
    const { frames, statistics } = await take(`drop@${at(perFrame)}`);
    expectHonest(frames);
    expect(frames[1]!.integrity).toMatchObject({ complete: false, lostReports: 1 });
    expect(statistics).toMatchObject({ lostReports: 1, corruptedReports: 0, incompleteFrames: 1 });
  });

  test.each(places)("corrupted: %s", async (_, at) => {
    const { frames, statistics } = await take(`corrupt@${at(perFrame)}=300`);
    // A flipped bit in the zero padding of a short report changes nothing that counts.
    if (statistics.corruptedReports === 0) expect(frames[1]!.integrity.complete).toBe(true);
    else expect(frames[1]!.integrity).toMatchObject({ complete: false, corruptedReports: 1, lostReports: 0 });
    expectHonest(frames);
  });

  test.each(places.slice(1, 4))("truncated: %s", async (_, at) => {
    const { frames, statistics } = await take(`truncate@${at(perFrame)}=100`);
    expectHonest(frames);
    expect(frames[1]!.integrity).toMatchObject({ complete: false, corruptedReports: 1, lostReports: 0 });
    expect(missingPixels(frames[1]).length).toBeGreaterThan(0);
    expect(statistics.corruptedReports).toBe(1);
  });

  test.each(places.slice(0, 4))("duplicated: %s", async (_, at) => {
    const { frames, statistics } = await take(`duplicate@${at(perFrame)}`);
    expectHonest(frames);
    expect(frames[1]!.integrity).toMatchObject({ complete: true, duplicatedReports: 1 });
    expect(statistics.duplicatedReports).toBe(1);
  });

  test.each(places.slice(0, 4))("reordered: %s", async (_, at) => {
    const { frames, statistics } = await take(`reorder@${at(perFrame)}`);
    expectHonest(frames);
    expect(frames[1]!.integrity).toMatchObject({ complete: true, reorderedReports: 1 });
    expect(statistics.reorderedReports).toBe(1);
  });

  test("the trailer of the last frame is lost: the frame is handed out all the same", async () => {
    const { frames } = await take(`drop@${FRAMES * perFrame - 1}`);
    expect(frames).toHaveLength(FRAMES);
    expect(frames[2]!.integrity).toMatchObject({ complete: false, lostReports: 1 });
    expect(frames[2]!.rangeM).toEqual(clean[2]!.rangeM);
  });

  test("more reports are lost in a row than there is credit: the stream goes on", async () => {
    const { frames, statistics } = await take(`drop@${perFrame + 2}x60`, 5);
    expect(frames.map((frame) => frame.frameNumber)).toEqual([0, 1, 3, 4]);
    expect(frames.map((frame) => frame.integrity.complete)).toEqual([true, false, false, true]);
    expect(statistics).toMatchObject({ lostReports: 60, corruptedReports: 0, duplicatedReports: 0 });
  });

  test("everything after the second frame's start is lost: the loop ends, and the count is right", async () => {
    const { frames, statistics } = await take(`drop@${perFrame + 2}x1000`);
    expect(frames.map((frame) => frame.integrity.complete)).toEqual([true, false]);
    expect(statistics.lostReports).toBe(2 * perFrame - 2);
  });

  test("not one report comes: the loop ends, and the count is right", async () => {
    const { frames, statistics } = await take("drop@0x1000");
    expect(frames).toEqual([]);
    expect(statistics).toMatchObject({ reports: 0, lostReports: FRAMES * perFrame });
  });
});
