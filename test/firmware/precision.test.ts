// Range error of the module against the bound of physics.md 7, on flat walls. 4096 trials a cell, fixed seed, limits
// widened by 4 standard errors; test/e2e/firmware-precision.test.ts runs the full number against the bare limits.
import { describe, it } from "vitest";
import { cellName, expectPrecise, INAS_TAU_NS, PBS_TAU_NS, sweep } from "./support/precision.ts";

const ROWS = 8;
const SIGMAS = 4;

describe.each([
  ["InAs", INAS_TAU_NS],
  ["PbS", PBS_TAU_NS],
])("%s reaches the bound with an honest sigma", (_, tauNs) => {
  it.each(sweep(tauNs).map((cell) => [cellName(cell), cell] as const))("%s", (_name, cell) => {
    expectPrecise(cell, ROWS, 50, SIGMAS);
  });
});
