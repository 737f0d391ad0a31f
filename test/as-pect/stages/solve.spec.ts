import { setup } from "../../../firmware/setup.ts";
import { evaluate, SUM_ONE, SUM_RR, sumOf } from "../../../firmware/stages/evaluate.ts";
import { solution, solve } from "../../../firmware/stages/solve.ts";

const GATES: u32 = 8;
const sums = memory.data(96);
const laneSums = memory.data(160);
/** Shares and slopes; electrons of one pixel. */
const response = memory.data(64);
const electrons = memory.data(32);

function shareAt(gate: u32, x: f64): f64 {
  const centred = x + 0.4 * f64(gate) - 1.5;
  return 1.0 + centred - 0.2 * centred * centred * centred;
}

function slopeAt(gate: u32, x: f64): f64 {
  const centred = x + 0.4 * f64(gate) - 1.5;
  return 1.0 - 0.6 * centred * centred;
}

/** A model whose shares are a cubic of the position, evaluated at 0.4; the electrons are those of `position`. */
function prepare(amplitude: f64, background: f64, position: f64): void {
  setup.paddedGates = GATES;
  setup.response = response;
  setup.sums = sums;
  setup.laneSums = laneSums;
  setup.noiseVarianceE2 = 100;
  for (let gate: u32 = 0; gate < GATES; gate++) {
    store<f32>(response + gate * 4, f32(shareAt(gate, 0.4)));
    store<f32>(response + 32 + gate * 4, f32(slopeAt(gate, 0.4)));
    store<f32>(electrons + gate * 4, f32(amplitude * shareAt(gate, position) + background));
  }
}

describe("one scoring step", () => {
  it("has no residual at the truth", () => {
    prepare(1000, 300, 0.4);
    evaluate(electrons, 1000, 300);
    expect<f64>(sumOf(SUM_RR)).toBeLessThan(1e-6);
    expect<bool>(solve(1e-5)).toBe(true);
    expect<f64>(Math.abs(solution.amplitudeStep)).toBeLessThan(0.01);
  });

  it("finds amplitude and background from anywhere, because they are linear", () => {
    prepare(1000, 300, 0.4);
    evaluate(electrons, 200, 900);
    expect<bool>(solve(1e-5)).toBe(true);
    expect<f64>(solution.amplitudeStep).toBeCloseTo(800, 1);
    expect<f64>(solution.backgroundStep).toBeCloseTo(-600, 1);
    expect<f64>(solution.chiSquare).toBeLessThan(1e-3);
  });

  it("moves the position towards the truth", () => {
    prepare(1000, 300, 0.45);
    evaluate(electrons, 1000, 300);
    expect<bool>(solve(1e-5)).toBe(true);
    expect<f64>(solution.momentStep / 1000.0).toBeCloseTo(0.05, 2);
  });

  it("leaves unusable samples out", () => {
    prepare(1000, 300, 0.4);
    evaluate(electrons, 1000, 300);
    const before = sumOf(SUM_ONE);
    store<f32>(electrons, 1e30);
    evaluate(electrons, 1000, 300);
    expect<f64>(sumOf(SUM_ONE)).toBeLessThan(before);
    expect<f64>(sumOf(SUM_RR)).toBeLessThan(1e-6);
  });

  it("refuses what cannot be told apart", () => {
    prepare(1000, 300, 0.4);
    for (let gate: u32 = 0; gate < GATES; gate++) store<f32>(electrons + gate * 4, 1e30);
    evaluate(electrons, 1000, 300);
    expect<bool>(solve(1e-5)).toBe(false);
  });
});
