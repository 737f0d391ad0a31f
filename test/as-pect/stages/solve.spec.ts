import { setup } from "../../../firmware/setup.ts";
import { evaluate, SUM_ONE, SUM_RR, sumOf } from "../../../firmware/stages/evaluate.ts";
import { solution, solve } from "../../../firmware/stages/solve.ts";

const GATES: u32 = 8;
const sums = memory.data(48);
const laneSums = memory.data(160);
/** Two nodes of shares and slopes; electrons of one pixel. */
const nodes = memory.data(128);
const electrons = memory.data(32);

function shareAt(gate: u32, x: f64): f64 {
  const centred = x + 0.4 * f64(gate) - 1.5;
  return 1.0 + centred - 0.2 * centred * centred * centred;
}

function slopeAt(gate: u32, x: f64): f64 {
  const centred = x + 0.4 * f64(gate) - 1.5;
  return 1.0 - 0.6 * centred * centred;
}

/** A model that is a cubic of the position, which Hermite interpolation meets exactly. */
function prepare(amplitude: f64, background: f64, position: f64): void {
  setup.paddedGates = GATES;
  setup.sums = sums;
  setup.laneSums = laneSums;
  setup.noiseVarianceE2 = 100;
  for (let gate: u32 = 0; gate < GATES; gate++) {
    for (let node: u32 = 0; node < 2; node++) {
      store<f32>(nodes + node * 64 + gate * 4, f32(shareAt(gate, f64(node))));
      store<f32>(nodes + node * 64 + 32 + gate * 4, f32(slopeAt(gate, f64(node))));
    }
    store<f32>(electrons + gate * 4, f32(amplitude * shareAt(gate, position) + background));
  }
}

describe("one scoring step", () => {
  it("has no residual at the truth", () => {
    prepare(1000, 300, 0.4);
    evaluate(electrons, nodes, 0.4, 1000, 300);
    expect<f64>(sumOf(SUM_RR)).toBeLessThan(1e-6);
    expect<bool>(solve()).toBe(true);
    expect<f64>(Math.abs(solution.amplitudeStep)).toBeLessThan(0.01);
  });

  it("finds amplitude and background from anywhere, because they are linear", () => {
    prepare(1000, 300, 0.4);
    evaluate(electrons, nodes, 0.4, 200, 900);
    expect<bool>(solve()).toBe(true);
    expect<f64>(solution.amplitudeStep).toBeCloseTo(800, 1);
    expect<f64>(solution.backgroundStep).toBeCloseTo(-600, 1);
    expect<f64>(solution.chiSquare).toBeLessThan(1e-3);
  });

  it("moves the position towards the truth", () => {
    prepare(1000, 300, 0.45);
    evaluate(electrons, nodes, 0.4, 1000, 300);
    expect<bool>(solve()).toBe(true);
    expect<f64>(solution.momentStep / 1000.0).toBeCloseTo(0.05, 2);
  });

  it("leaves unusable samples out", () => {
    prepare(1000, 300, 0.4);
    evaluate(electrons, nodes, 0.4, 1000, 300);
    const before = sumOf(SUM_ONE);
    store<f32>(electrons, 1e30);
    evaluate(electrons, nodes, 0.4, 1000, 300);
    expect<f64>(sumOf(SUM_ONE)).toBeLessThan(before);
    expect<f64>(sumOf(SUM_RR)).toBeLessThan(1e-6);
  });

  it("refuses what cannot be told apart", () => {
    prepare(1000, 300, 0.4);
    for (let gate: u32 = 0; gate < GATES; gate++) store<f32>(electrons + gate * 4, 1e30);
    evaluate(electrons, nodes, 0.4, 1000, 300);
    expect<bool>(solve()).toBe(false);
  });
});
