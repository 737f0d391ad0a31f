import type { ExposureSetup } from "./exposure-job.ts";
import type { ImagingSetup } from "./imaging-job.ts";

/** What a worker opens its band from. */
export type AnySetup = ExposureSetup | ImagingSetup;

export function isImagingSetup(setup: AnySetup): setup is ImagingSetup {
  return setup.profile.mode === "imaging";
}
