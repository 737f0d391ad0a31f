import type { OpticsProfile } from "../../../hw-profiles/sensor-profile.ts";
import type { MixedInput, MixedPixels } from "../../mixed/mixed-image.ts";

/** A frame to be searched. */
export interface MixedQuestion {
  readonly image: MixedInput;
  readonly optics: OpticsProfile;
}

/** What was found, or why nothing could be looked for. */
export type MixedAnswer =
  | { readonly kind: "found"; readonly mixed: MixedPixels }
  | { readonly kind: "failed"; readonly reason: string };
