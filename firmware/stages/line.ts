// All pixels of a line, tile by tile: correct, matched filter, scoring, classify.
import { COMPONENT_SPREAD } from "../../hw-profiles/interface/reports.ts";
import { enabled } from "../segments.ts";
import { setup } from "../setup.ts";
import { detected, putBad, putNoReturn, putReturn } from "./classify.ts";
import { loadCodes, TILE, toElectrons } from "./correct.ts";
import { correlate } from "./matched-filter.ts";
import { fitPixel, startFit } from "./scoring.ts";
import { estimateSpread, putSpread } from "./spread.ts";

/** Fits one pixel of the present tile and writes it to the line buffers. */
export function processPixel(column: u32, lane: u32, electrons: usize): void {
  if (load<u8>(setup.badMap + column) !== 0) {
    putBad(column);
    return;
  }
  const saturatedGates = u32(load<u16>(setup.saturatedGates + (lane << 1)));
  startFit(lane, load<u16>(setup.offsetMap + (column << 1)));
  if (fitPixel(electrons, setup.gates - saturatedGates) && detected()) {
    putReturn(column, saturatedGates !== 0);
    if (enabled(COMPONENT_SPREAD)) estimateSpread(electrons);
  } else {
    putNoReturn(column, saturatedGates !== 0);
  }
}

/** Turns the samples of a line into its range, sigma, amplitude, ambient and flags. */
export function processPixels(): void {
  const pixelBytes = setup.paddedGates << 2;
  for (let column: u32 = 0; column < setup.width; column += TILE) {
    loadCodes(column);
    toElectrons(column, setup.electrons);
    correlate();
    const lanes = min(TILE, setup.width - column);
    for (let lane: u32 = 0; lane < lanes; lane++) {
      processPixel(column + lane, lane, setup.electrons + lane * pixelBytes);
      if (enabled(COMPONENT_SPREAD)) putSpread(column + lane);
    }
  }
}
