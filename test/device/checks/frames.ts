import type { Camera } from "../../../host/camera/camera.ts";
import { TransportError } from "../../../host/transport/transport-error.ts";
import { streamWhole, withCamera, withTransport } from "../camera-run.ts";
import { type Check, must, needed, Skipped } from "../check.ts";

/** As many as the frames that have to be equal. */
const LONG_RUN_FRAMES = 200;
const SHORT_RUN_FRAMES = 20;
const BULK_FRAMES = 50;
const PAUSE_MS = 1000;
const STILL_LIMIT_MS = 100_000;

/** The package that reads bulk interfaces is optional. */
function skipWithoutPackage(error: unknown): never {
  const isMissing = error instanceof TransportError && /package "usb"/.test(error.message);
  throw isMissing ? new Skipped(error.message) : error;
}

/** Reads no frame until the device has sent nothing for a second: it waits for credit. */
async function untilStill({ registers }: Camera): Promise<void> {
  const end = performance.now() + STILL_LIMIT_MS;
  for (let before = -1, sent = 0; before !== sent; ) {
    must(performance.now() < end, "the device goes on sending although nobody takes its frames");
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    sent = await registers.readNumber("ReportsSent");
  }
}

export const frames: readonly Check[] = [
  {
    name: `${LONG_RUN_FRAMES} frames are those of the run in process, and nothing is lost`,
    run: (bench) => withCamera(bench.boards[0]!, {}, (camera) => streamWhole(bench, camera, LONG_RUN_FRAMES)),
  },
  {
    name: "the stream stands still while its reader does, and goes on without a gap",
    run: (bench) =>
      withCamera(bench.boards[0]!, {}, async (camera) => {
        await camera.start();
        await untilStill(camera);
        await camera.stop();
        await streamWhole(bench, camera, SHORT_RUN_FRAMES);
      }),
  },
  {
    name: "two boards stream at once and keep to themselves",
    run: async (bench) => {
      const [first, second] = bench.boards.filter(({ speed }) => speed === "high");
      const pair = [first!, needed(second, "two boards at high speed")];
      await Promise.all(
        pair.map((board) => withCamera(board, {}, (camera) => streamWhole(bench, camera, SHORT_RUN_FRAMES))),
      );
    },
  },
  {
    name: "a board at full speed sends the same frames",
    run: async (bench) => {
      const board = needed(
        bench.boards.find(({ speed }) => speed === "full"),
        "a board at full speed",
      );
      await withCamera(board, {}, (camera) => streamWhole(bench, camera, SHORT_RUN_FRAMES));
    },
  },
  {
    name: "the vendor's bulk interface carries the same frames",
    run: async (bench) => {
      const openBulk = needed(bench.boards[0]!.openBulk, "a bulk interface");
      const transport = await openBulk().catch(skipWithoutPackage);
      await withTransport(transport, {}, (camera) => streamWhole(bench, camera, BULK_FRAMES));
    },
  },
];
