// The precision sweep with 30 720 trials a cell, against the bare limits (no allowance for chance).
import { describe, it } from "vitest";
import { cellName, expectPrecise, INAS_TAU_NS, PBS_TAU_NS, sweep } from "../firmware/support/precision.ts";

const ROWS = 60;

describe.each([
  ["InAs", INAS_TAU_NS],
  ["PbS", PBS_TAU_NS],
])("%s reaches the bound with an honest sigma", (_, tauNs) => {
  it.each(sweep(tauNs).map((cell) => [cellName(cell), cell] as const))("%s", (_name, cell) => {
    expectPrecise(cell, ROWS, 51, 0);
  });
});
