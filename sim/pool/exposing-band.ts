import type { AnySetup } from "./any-setup.ts";
import type { BandRows } from "./split-rows.ts";

/** A band of sensor rows with everything that makes light into codes. */
export interface ExposingBand<Job> {
  expose(job: Job): void;
  /** Write the codes of the last exposure to their place in the planes of the whole frame. */
  copyCodes(planes: Uint16Array): void;
}

/** Where bands come from. Results never depend on how the rows are split. */
export interface BandSource<Job> {
  /** What a worker needs to open the same. */
  readonly setup: AnySetup;
  readonly heightPx: number;
  /** Bands start on multiples of so many rows. */
  readonly alignment: number;
  open(rows: BandRows): Promise<ExposingBand<Job>>;
}
