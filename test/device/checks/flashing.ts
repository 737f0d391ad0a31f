import type { Camera } from "../../../host/camera/camera.ts";
import { FirmwareUpdater } from "../../../host/flash/firmware-updater.ts";
import { imageFacts } from "../../../host/image/node/verify-image.ts";
import { TransportError } from "../../../host/transport/transport-error.ts";
import { heavyModule, imageOf } from "../../host/flash/support/images.ts";
import type { Bench } from "../bench.ts";
import { withCamera } from "../camera-run.ts";
import { type Check, must, needed, same } from "../check.ts";

const IMAGE_BYTES = 9000;
const PIECE_BYTES = 4096;
const FRAMES = 2;

function image(bench: Bench): Uint8Array<ArrayBuffer> {
  return imageOf(heavyModule(IMAGE_BYTES, bench.seed), { patch: 1 });
}

function updaterOf({ registers }: Camera): FirmwareUpdater {
  return new FirmwareUpdater(registers, imageFacts);
}

/** The board as it was: the slot empty, the same logic running, and frames coming. */
async function putBack(camera: Camera, slot: number, running: number | undefined): Promise<void> {
  const updater = updaterOf(camera);
  const restart = await updater.revert();
  same("slot that runs after going back", restart.running, running);
  must(restart.cycles > 0, `found ${restart.cycles} cycles of restart, expected some`);
  await updater.erase(slot);
  let complete = 0;
  for await (const { integrity } of camera.frames({ count: FRAMES })) if (integrity.complete) complete++;
  same("whole frames after flashing", complete, FRAMES);
}

/** Last of all: a restart takes cycles, so that frames come at other times than in the reference. */
export const flashing: readonly Check[] = [
  {
    name: "an image is flashed, read back, and given up again",
    run: async (bench) => {
      await withCamera(bench.boards[0]!, {}, async (camera) => {
        const updater = updaterOf(camera);
        const { running } = await updater.status();
        const sent = await updater.install(image(bench));
        const { slots } = await updater.status();
        same("state of the slot", slots[sent.slot]?.state, "pending");
        same("version in the slot", slots[sent.slot]?.image?.version, "2.0.1");
        await putBack(camera, sent.slot, running);
      });
    },
  },
  {
    name: "an installation whose cable is pulled goes on where it stopped",
    run: async (bench) => {
      const board = bench.boards[0]!;
      const cable = needed(board.cable, "a cable that a program can pull");
      let pulled: Promise<void> | undefined;
      const onProgress = ({ bytes }: { readonly bytes: number }) => {
        if (bytes < PIECE_BYTES || pulled !== undefined) return;
        pulled = cable.unplug();
        // Said when the installation has ended.
        pulled.catch(() => undefined);
      };
      const failure = await withCamera(board, {}, async (camera) => {
        await updaterOf(camera).install(image(bench), { onProgress });
      }).catch((error: unknown) => error);
      await pulled;
      must(
        failure instanceof TransportError,
        `found ${String(failure)}, expected a TransportError of the cable`,
      );
      await cable.plug();
      await withCamera(board, {}, async (camera) => {
        const updater = updaterOf(camera);
        const { running } = await updater.status();
        const sent = await updater.install(image(bench));
        must(
          sent.resumedAtByte > 0,
          `found the installation anew, expected it to go on; ${JSON.stringify(sent)}`,
        );
        await putBack(camera, sent.slot, running);
      });
    },
  },
];
