// All pixels of a line, tile by tile: correct, matched filter, scoring, classify.
import { setup } from "../setup.ts";
import { detected, putBad, putNoReturn, putReturn } from "./classify.ts";
import { loadCodes, TILE, toElectrons } from "./correct.ts";
import { correlate, meanCode } from "./matched-filter.ts";
import { fit, fitPixel, startFit } from "./scoring.ts";

/** Background of a pixel in which nothing was found: the mean of its gates. */
function takeMeanAsBackground(lane: u32, offsetDn16: u32): void {
  fit.backgroundE = (meanCode(lane) * 16.0 - f64(offsetDn16)) * f64(setup.gainE16);
}

/** Fits one pixel of the present tile and writes it to the line buffers. */
export function processPixel(column: u32, lane: u32, electrons: usize): void {
  if (load<u8>(setup.badMap + column) !== 0) {
    putBad(column);
    return;
  }
  const saturatedGates = u32(load<u16>(setup.saturatedGates + (lane << 1)));
  const offsetDn16 = u32(load<u16>(setup.offsetMap + (column << 1)));
  startFit(lane, offsetDn16);
  if (fitPixel(electrons, setup.gates - saturatedGates) && detected()) {
    putReturn(column, saturatedGates !== 0);
  } else {
    takeMeanAsBackground(lane, offsetDn16);
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
    }
  }
}
