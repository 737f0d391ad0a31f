// A row of imaging mode: computed when its samples come, sent when the row after it has come, because a bad pixel needs
// its neighbours below.
import { READ_RAMP } from "../../hw-profiles/interface/memory-map.ts";
import { PIXEL_BAD } from "../../hw-profiles/interface/pixel-flags.ts";
import { setup } from "../setup.ts";
import { countFlags } from "../stages/classify.ts";
import { imaging } from "../views.ts";
import { image, ringOffset, selectSentLine, TILE } from "./buffers.ts";
import { processDirectLine } from "./direct.ts";
import { processRampLine } from "./ramp.ts";
import { replaceBadPixel } from "./replace.ts";

/** Computes a row from the line buffers into the ring. */
export function computeRow(row: u32): void {
  const line = ringOffset(row);
  if (imaging.readMode === READ_RAMP) processRampLine(line);
  else processDirectLine(line);
}

/** Completes a row whose neighbours are in the ring, and makes it the one to be sent. Most pixels have no flag. */
export function completeRow(row: u32): void {
  const flags = image.flags + ringOffset(row);
  const width = setup.width;
  let clear = width;
  for (let first: u32 = 0; first < width; first += TILE) {
    if (load<u64>(flags + first) === 0) continue;
    const count = min(TILE, width - first);
    completePixels(row, first, count);
    clear -= count;
  }
  countFlags(0, clear);
  selectSentLine(row);
}

function completePixels(row: u32, first: u32, count: u32): void {
  const flags = image.flags + ringOffset(row) + first;
  for (let i: u32 = 0; i < count; i++) {
    const mark = load<u8>(flags + i);
    countFlags(mark, 1);
    if ((mark & PIXEL_BAD) !== 0) replaceBadPixel(i32(row), i32(first + i));
  }
}
