import { expect } from "vitest";
import { type Cell, type CellResult, runCell } from "./monte-carlo.ts";

export const INAS_TAU_NS = 29.6;
export const PBS_TAU_NS = 113.8;

/** Near and far part of the range window: response near the first gates, or cut off by the last. */
const WINDOWS = [
  [15, 45],
  [45, 110],
] as const;

/** The sweep: both films, four light levels, without and with ambient as strong as the return, two windows. */
export function sweep(tauNs: number): Cell[] {
  return [3e3, 1e4, 1e5, 1e6].flatMap((collectedE) =>
    [0, 1].flatMap((ambient) =>
      WINDOWS.map(([t0FromNs, t0ToNs]) => ({ tauNs, collectedE, ambient, t0FromNs, t0ToNs })),
    ),
  );
}

export function cellName(cell: Cell): string {
  const { tauNs, collectedE, ambient, t0FromNs, t0ToNs } = cell;
  return `tau ${tauNs} ns, N ${collectedE}, ambient ${ambient} N, t0 ${t0FromNs}..${t0ToNs} ns`;
}

/**
 * Holds a cell to the limits, widened by `sigmas` standard errors of its number of trials. No pixel may be left out but
 * for the few below the detection threshold at the lowest light.
 */
export function expectPrecise(cell: Cell, rows: number, seed: number, sigmas: number): CellResult {
  const result = runCell(cell, rows, seed);
  const { valid, trials, biasMm, rmseOverCrlb, rmseMm, zStd, coverage95 } = result;
  const spread = sigmas * Math.sqrt(1 / (2 * valid));
  const coverageSpread = sigmas * Math.sqrt((0.95 * 0.05) / valid);
  expect(valid / trials).toBeGreaterThan(cell.collectedE > 5e3 ? 0.9999 : 0.99);
  expect(rmseOverCrlb).toBeGreaterThan(0.97 - spread);
  expect(rmseOverCrlb).toBeLessThan(1.1 + spread);
  expect(Math.abs(zStd - 1)).toBeLessThan(0.05 + spread);
  expect(Math.abs(coverage95 - 0.95)).toBeLessThan(0.01 + coverageSpread);
  if (cell.collectedE >= 1e4) {
    expect(Math.abs(biasMm)).toBeLessThan(2 + (sigmas * rmseMm) / Math.sqrt(valid));
  }
  return result;
}
