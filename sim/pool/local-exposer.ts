import { Band } from "./band.ts";
import type { Exposer } from "./exposer.ts";
import type { ExposureJob, ExposureSetup } from "./exposure-job.ts";
import type { FrameStore } from "./frame-store.ts";

/** Exposes all rows in this thread. */
export async function openLocalExposer(setup: ExposureSetup, store: FrameStore): Promise<Exposer> {
  const band = await Band.open(setup, { firstRow: 0, rows: setup.profile.array.heightPx });
  return {
    concurrent: false,
    async expose(job: ExposureJob, slot: number): Promise<void> {
      band.expose(job);
      band.copyCodes(store.slots[slot]!);
    },
    async close(): Promise<void> {},
  };
}
