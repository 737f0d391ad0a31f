// Modes of a module: both, unless it is compiled for one alone (asc --use ONLY_MODE=0 or 1), as a microcontroller has no
// room for what its sensor cannot do.
import { MODE_IMAGING } from "../hw-profiles/interface/memory-map.ts";
import { imaging } from "./views.ts";

/** Whether the parameter block's mode is imaging; in a module of one mode, whether that is. */
export function isImaging(): bool {
  if (isDefined(ONLY_MODE)) return ONLY_MODE === MODE_IMAGING;
  return imaging.mode === MODE_IMAGING;
}
