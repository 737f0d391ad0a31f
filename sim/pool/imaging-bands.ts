import { BIN_ROWS, ImagingBand } from "../imaging/imaging-band.ts";
import type { BandSource } from "./exposing-band.ts";
import type { ImagingJob, ImagingSetup } from "./imaging-job.ts";

/** Bands of an imaging sensor. */
export function imagingBands(setup: ImagingSetup): BandSource<ImagingJob> {
  const { heightPx } = setup.profile.array;
  return { setup, heightPx, alignment: BIN_ROWS, open: (rows) => ImagingBand.open(setup, rows) };
}
