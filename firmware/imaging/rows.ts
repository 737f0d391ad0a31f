// A row of imaging mode: computed when its samples come, sent when the row after it has come, because a bad pixel needs
// its neighbours below.
import { READ_RAMP } from "../../hw-profiles/interface/memory-map.ts";
import { setup } from "../setup.ts";
import { countFlags } from "../stages/classify.ts";
import { imaging } from "../views.ts";
import { ringOffset, selectSentLine } from "./buffers.ts";
import { processDirectLine } from "./direct.ts";
import { processRampLine } from "./ramp.ts";
import { replaceBadPixels } from "./replace.ts";

/** Computes a row from the line buffers into the ring. */
export function computeRow(row: u32): void {
  const line = ringOffset(row);
  if (imaging.readMode === READ_RAMP) processRampLine(line);
  else processDirectLine(line);
}

/** Completes a row whose neighbours are in the ring, and makes it the one to be sent. */
export function completeRow(row: u32): void {
  replaceBadPixels(row);
  selectSentLine(row);
  countLine(setup.flagsLine);
}

/** Most pixels have no flag: eight at a time. */
function countLine(flags: usize): void {
  let column: u32 = 0;
  for (; column + 8 <= setup.width; column += 8) {
    if (load<u64>(flags + column) === 0) countFlags(0, 8);
    else for (let i: u32 = 0; i < 8; i++) countFlags(load<u8>(flags + column + i), 1);
  }
  for (; column < setup.width; column++) countFlags(load<u8>(flags + column), 1);
}
