import { hexText } from "../../image/manifest.ts";
import { type FlashDeviceOptions, withUpdater } from "./with-updater.ts";

export interface ReadBackRange extends FlashDeviceOptions {
  readonly offset: number;
  readonly length?: number;
}

/** What `cqd flash read-back --json` prints. */
export interface ReadBackSummary {
  readonly slot: number;
  readonly offset: number;
  readonly length: number;
  readonly sha256: string;
}

/** @throws CommandError for bytes that the slot does not have. */
export async function readBack(slot: number, options: ReadBackRange): Promise<ReadBackSummary> {
  const { offset } = options;
  const summary = { slot, offset, length: 0, sha256: "" };
  await withUpdater(options, async (updater) => {
    const { slotBytes } = await updater.policy();
    summary.length = options.length ?? Math.max(0, slotBytes - offset);
    summary.sha256 = hexText(await updater.readBack(slot, offset, summary.length));
  });
  return summary;
}
