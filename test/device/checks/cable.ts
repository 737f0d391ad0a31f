import { CameraError } from "../../../host/camera/camera-error.ts";
import { TransportError } from "../../../host/transport/transport-error.ts";
import type { Bench, BoardUnderTest } from "../bench.ts";
import { sameAsInProcess, streamWhole, withCamera } from "../camera-run.ts";
import { type Check, must, needed, same } from "../check.ts";
import { seededBetween } from "../random.ts";

/** Reports after which the cable is pulled: from the first one to the tenth frame or so. */
const PULLED_BETWEEN = [1, 300] as const;
const PULLS = 3;
const FRAMES_AFTER = 10;
/** More than come before the cable is pulled. */
const RESUMED_FRAMES = 20;
const RESUME_LIMIT_MS = 120_000;

/** Of the stream, or of the request that was under way. */
function saysGone(error: unknown): boolean {
  if (error instanceof CameraError) return error.code === "closed";
  return error instanceof TransportError && error.code === "unplugged";
}

/** Streams until the cable is pulled after report number `pullAt`. @returns the error that the reader got. */
async function streamUntilPulled(bench: Bench, board: BoardUnderTest, pullAt: number): Promise<unknown> {
  const cable = needed(board.cable, "a cable that can be pulled");
  let pulled: Promise<void> | undefined;
  try {
    await withCamera(board, {}, async (camera) => {
      let reports = 0;
      camera.onReport(() => {
        reports++;
        if (reports !== pullAt) return;
        pulled = cable.unplug();
        // Said when the stream has ended.
        pulled.catch(() => undefined);
      });
      for await (const frame of camera.frames()) if (frame.integrity.complete) sameAsInProcess(frame, bench);
    });
  } catch (error) {
    await pulled;
    return error;
  }
  throw new Error(`found the stream ended without an error, expected the cable pulled at report ${pullAt}`);
}

export const cable: readonly Check[] = [
  {
    name: `unplugged at a random report, ${PULLS} times: a named error; replugged, it streams on`,
    run: async (bench) => {
      const board = bench.boards[0]!;
      const { plug } = needed(board.cable, "a cable that can be pulled");
      for (let pull = 0; pull < PULLS; pull++) {
        const pullAt = seededBetween(bench.seed + pull, ...PULLED_BETWEEN);
        const error = await streamUntilPulled(bench, board, pullAt);
        must(
          saysGone(error),
          `pulled at report ${pullAt}: found ${String(error)}, expected an error that says so`,
        );
        await plug();
        await withCamera(board, {}, (camera) => streamWhole(bench, camera, FRAMES_AFTER));
      }
    },
  },
  {
    name: "a camera that resumes takes all of its frames whole, though it is unplugged at a random report",
    run: async (bench) => {
      const board = bench.boards[0]!;
      const { plug, unplug } = needed(board.cable, "a cable that can be pulled");
      const resume = { timeoutMs: RESUME_LIMIT_MS, reopen: board.open };
      await withCamera(board, { resume }, async (camera) => {
        const pullAt = seededBetween(bench.seed + PULLS, ...PULLED_BETWEEN);
        let replugged: Promise<void> | undefined;
        let reports = 0;
        camera.onReport(() => {
          reports++;
          if (reports !== pullAt) return;
          replugged = unplug().then(plug);
          // Said when the frames are there.
          replugged.catch(() => undefined);
        });
        let frames = 0;
        for await (const frame of camera.frames({ count: RESUMED_FRAMES })) {
          must(frame.integrity.complete, `frame ${frame.frameNumber}: ${JSON.stringify(frame.integrity)}`);
          sameAsInProcess(frame, bench);
          frames++;
        }
        await replugged;
        same("frames", frames, RESUMED_FRAMES);
        same("times that the camera resumed", camera.statistics().resumes, 1);
      });
    },
  },
];
