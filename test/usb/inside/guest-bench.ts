import { attachBoard, detachBoard } from "../../../host/usbip/attach.ts";
import type { BoardUnderTest, Cable } from "../../device/bench.ts";
import { hidrawBoard, listedSerials } from "../../device/hidraw-board.ts";
import type { OfferedBoard } from "./plan.ts";

/** Ends what hangs, and nothing else: an emulated machine on a busy one is slow. */
const WAIT_LIMIT_MS = 100_000;
const POLL_MS = 20;

/** Waits until the system lists a board, or does so no more. */
async function untilListed(serialNumber: string, isListed: boolean): Promise<void> {
  const end = performance.now() + WAIT_LIMIT_MS;
  for (;;) {
    const serials = await listedSerials();
    if (serials.includes(serialNumber) === isListed) return;
    if (performance.now() > end)
      throw new Error(
        `found ${serials.join(", ") || "no board"}, expected ${serialNumber} ${isListed ? "" : "not "}among them`,
      );
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** The virtual cable between this machine and a board on the host. */
function cableOf(host: string, { busId, port, serialNumber }: OfferedBoard): Cable {
  let attached: number | undefined;
  return {
    plug: async () => {
      attached = (await attachBoard({ host, port }, busId, { enumerateMs: WAIT_LIMIT_MS })).port;
      await untilListed(serialNumber, true);
    },
    unplug: async () => {
      if (attached !== undefined) await detachBoard(attached);
      attached = undefined;
      await untilListed(serialNumber, false);
    },
  };
}

/** The boards of a USB/IP host, attached to this machine's kernel and reached through /dev/hidrawN. */
export async function attachBoards(host: string, boards: readonly OfferedBoard[]): Promise<BoardUnderTest[]> {
  const attached: BoardUnderTest[] = [];
  for (const offered of boards) {
    const cable = cableOf(host, offered);
    await cable.plug();
    attached.push(hidrawBoard(offered.serialNumber, offered.speed, cable));
  }
  return attached;
}
