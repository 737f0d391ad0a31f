import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { smallLidar } from "./support/configuration.ts";
import { everyPacket } from "./support/every-packet.ts";
import { FaultBench } from "./support/fault-bench.ts";

/**
 * How a session may end when one packet meets this fault. Every packet is tried, in turn; each session is followed by one over
 * a good link. The bench checks that no frame and no value is wrong, none is lost unsaid, no host hangs, no timer is left, and that the board
 * is idle at the end.
 */
const ENDS: readonly (readonly [fault: string, ends: readonly string[]])[] = [
  ["in.drop", ["frames"]],
  ["in.duplicate", ["frames"]],
  ["in.reorder", ["frames"]],
  ["in.corrupt", ["frames"]],
  ["in.truncate", ["frames"]],
  ["in.delay=30ms", ["frames"]],
  ["in.delay=100s", ["frames"]],
  ["in.stall=30ms", ["frames"]],
  ["in.stall", ["CameraError stalled"]],
  ["in.unplug", ["CameraError closed"]],
  ["resume in.unplug", ["frames"]],
  ["out.drop", ["frames"]],
  ["out.duplicate", ["frames"]],
  ["out.reorder", ["frames"]],
  ["out.corrupt", ["frames"]],
  ["out.truncate", ["frames"]],
  ["out.delay=30ms", ["frames"]],
  ["out.stall=30ms", ["frames"]],
  ["out.stall", ["CameraError stalled", "TransportError timeout", "frames"]],
  ["out.fail", ["frames"]],
  ["out.unplug", ["CameraError closed", "frames"]],
  ["resume out.unplug", ["frames"]],
  ["set.drop", ["frames"]],
  ["set.duplicate", ["frames"]],
  ["set.reorder", ["frames"]],
  ["set.corrupt", ["frames"]],
  ["set.truncate", ["frames"]],
  ["set.delay=30ms", ["frames"]],
  ["set.stall=30ms", ["frames"]],
  ["set.stall", ["TransportError timeout", "frames"]],
  ["set.fail", ["frames"]],
  ["set.unplug", ["TransportError unplugged", "frames"]],
  ["resume set.unplug", ["frames", "TransportError unplugged"]],
  ["get.drop", ["frames"]],
  ["get.corrupt", ["frames"]],
  ["get.truncate", ["frames"]],
  ["get.stale", ["frames"]],
  ["get.delay=30ms", ["frames"]],
  ["get.stall=30ms", ["frames"]],
  ["get.stall", ["TransportError timeout", "frames"]],
  ["get.fail", ["frames"]],
  ["get.unplug", ["TransportError unplugged", "frames"]],
  ["resume get.unplug", ["frames", "TransportError unplugged"]],
];

const FRAMES = 2;
/** Of a damaged report one bit in so many bytes, in turn; the campaign takes every byte. */
const BYTE_STEP = 16;
/** Ten transfers that time out, three tries each, are less; virtual time. */
const LONGEST_MS = 30_000;

describe("a link that breaks at every packet of a session", () => {
  let bench: FaultBench;

  beforeAll(async () => {
    bench = await FaultBench.open(smallLidar());
  });

  afterAll(() => bench.close());

  test("a session whose link is whole", async () => {
    const outcome = await bench.run("seed=1", FRAMES);
    expect(outcome).toMatchObject({ end: "frames", complete: FRAMES, incomplete: 0, ms: 0, problems: [] });
    expect(outcome.packets.in).toBeGreaterThan(25);
    expect(outcome.packets.out).toBeGreaterThanOrEqual(3);
    expect(outcome.packets.set).toBeGreaterThanOrEqual(8);
    expect(outcome.packets.get).toBe(outcome.packets.set);
  });

  test.each(ENDS)("%s", async (fault, ends) => {
    const result = await everyPacket(bench, FRAMES, {
      select: (name) => name === fault,
      byteStep: BYTE_STEP,
    });
    expect(result.problems).toEqual([]);
    expect(result.sessions).toBeGreaterThan(2);
    expect(Object.keys(result.ends[fault] ?? {}).filter((end) => !ends.includes(end))).toEqual([]);
    // Only the packet that claims the device comes before the camera that can wait for it.
    const given = result.ends[fault]?.["TransportError unplugged"] ?? 0;
    if (fault.startsWith("resume")) expect(given).toBeLessThanOrEqual(1);
    expect(result.longestMs).toBeLessThan(LONGEST_MS);
  });
});
