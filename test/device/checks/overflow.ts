import type { Camera } from "../../../host/camera/camera.ts";
import type { Bench } from "../bench.ts";
import { deviceCounts, sameAsInProcess, streamWhole, withCamera } from "../camera-run.ts";
import { type Check, must, needed, Skipped, same } from "../check.ts";

/** Credit of a careless host: four times the 63 reports that the system's ring keeps. */
const CARELESS = { creditReports: 256, stallMs: 300 } as const;
/** More credit than the 512 reports that the device itself keeps. */
const RECKLESS = { creditReports: 2048, stallMs: 300 } as const;
const CARELESS_FRAMES = 24;
const RECKLESS_FRAMES = 40;
interface Losses {
  readonly flagged: number;
  readonly missing: number;
}

/**
 * Takes the frames of an acquisition to its end. A whole frame must be right and any other one flagged, and every report
 * that the device sent must have come or be known to be missing: none is lost without a trace.
 */
async function takeAll(bench: Bench, camera: Camera): Promise<Losses> {
  let flagged = 0;
  for await (const frame of camera.frames()) {
    if (frame.integrity.complete) {
      sameAsInProcess(frame, bench);
      continue;
    }
    flagged++;
    must(frame.integrity.lostReports > 0, `frame ${frame.frameNumber} lacks something and not one report`);
  }
  const { reports, lostReports } = camera.statistics();
  same("reports that came or are missing", reports + lostReports, (await deviceCounts(camera)).sent);
  await camera.stop();
  return { flagged, missing: lostReports };
}

export const overflow: readonly Check[] = [
  {
    name: "a reader that stalls loses reports, knows every one, and gets no wrong frame",
    run: (bench) =>
      withCamera(bench.boards[0]!, CARELESS, async (camera, transport) => {
        const stall = await transport.stall();
        await camera.start({ frameCount: CARELESS_FRAMES });
        await stall.arrived(CARELESS.creditReports);
        await stall.end();
        const { flagged, missing } = await takeAll(bench, camera);
        must(missing > 0, "found no report missing, expected those that the ring had no place for");
        must(flagged > 0, "found no flagged frame, expected the one that lost reports");
        await streamWhole(bench, camera, 2);
      }),
  },
  {
    name: "a host that grants more than the device keeps knows every report that the device lost",
    run: async (bench) => {
      const board = needed(
        bench.boards.find(({ speed }) => speed === "full"),
        "a board on a slow bus",
      );
      await withCamera(board, RECKLESS, async (camera) => {
        const before = (await deviceCounts(camera)).lost;
        await camera.start({ frameCount: RECKLESS_FRAMES });
        const { missing } = await takeAll(bench, camera);
        const lost = (await deviceCounts(camera)).lost - before;
        same("reports missing at the host", missing, lost);
        if (lost === 0) throw new Skipped("a bus that is slower than the device");
        await streamWhole(bench, camera, 2);
      });
    },
  },
];
