import { MODE_IMAGING } from "../../../hw-profiles/interface/memory-map.ts";
import type { ReferenceFrame } from "./frame.ts";
import { ReferenceImaging } from "./imaging/image-readout.ts";
import { decodeParameters } from "./parameters.ts";
import { ReferenceReadout } from "./readout.ts";

/** All reports of a frame after power-on, in the mode of the parameter block. */
export function referenceFrame(block: Uint8Array, frame: ReferenceFrame): readonly Uint8Array[] {
  const imaging = decodeParameters(block).mode === MODE_IMAGING;
  return (imaging ? new ReferenceImaging(block) : new ReferenceReadout(block)).frame(frame);
}
