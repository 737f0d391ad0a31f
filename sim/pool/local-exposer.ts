import type { Exposer } from "./exposer.ts";
import type { BandSource } from "./exposing-band.ts";
import type { FrameStore } from "./frame-store.ts";

/** Exposes all rows in this thread. */
export async function openLocalExposer<Job>(
  source: BandSource<Job>,
  store: FrameStore,
): Promise<Exposer<Job>> {
  const band = await source.open({ firstRow: 0, rows: source.heightPx });
  return {
    concurrent: false,
    async expose(job: Job, slot: number): Promise<void> {
      band.expose(job);
      band.copyCodes(store.slots[slot]!);
    },
    async close(): Promise<void> {},
  };
}
