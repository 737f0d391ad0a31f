// All pixels of a line, tile by tile: correct, matched filter, scoring, further returns, average, classify.
import { RETURN_STRONGEST } from "../../hw-profiles/interface/memory-map.ts";
import { COMPONENT_SPREAD } from "../../hw-profiles/interface/reports.ts";
import { findReturns, takeReturn } from "../returns/returns.ts";
import { enabled } from "../segments.ts";
import { setup } from "../setup.ts";
import { returnParameters } from "../views.ts";
import { averageTime } from "./average.ts";
import { detected, putBad, putNoReturn, putReturn, storeReturn } from "./classify.ts";
import { loadCodes, TILE, toElectrons } from "./correct.ts";
import { correlate } from "./matched-filter.ts";
import { fitPixel, startFit } from "./scoring.ts";
import { clearSpread, putSpread } from "./spread.ts";

/** Fits one pixel of the present tile and writes it to the line buffers. */
export function processPixel(column: u32, lane: u32, electrons: usize): void {
  clearSpread();
  if (load<u8>(setup.badMap + column) !== 0) {
    putBad(column);
    return;
  }
  const saturatedGates = u32(load<u16>(setup.saturatedGates + (lane << 1)));
  startFit(lane, load<u16>(setup.offsetMap + (column << 1)));
  if (fitPixel(electrons, setup.gates - saturatedGates) && detected()) {
    let several: u32 = 1;
    if (returnParameters.returns > 1 || enabled(COMPONENT_SPREAD)) {
      several = findReturns(electrons, setup.gates - saturatedGates);
    }
    if (several > 1) takeReturn(returnParameters.order);
    else if (saturatedGates === 0) averageTime(electrons);
    putReturn(column, saturatedGates !== 0, several > 1);
    for (let further: u32 = 1; further < several; further++) {
      takeReturn(RETURN_STRONGEST);
      storeReturn(column, further === 1 ? setup.secondLine : setup.thirdLine);
    }
  } else {
    putNoReturn(column, saturatedGates !== 0);
  }
}

/** Turns the samples of a line into its range, sigma, amplitude, ambient and flags. */
export function processPixels(): void {
  const pixelBytes = setup.paddedGates << 2;
  memory.fill(setup.secondLine, 0, (setup.thirdLine - setup.secondLine) << 1);
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
