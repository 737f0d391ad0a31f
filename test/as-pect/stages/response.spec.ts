import { setup } from "../../../firmware/setup.ts";
import { buildEdges, layOutResponse, respond } from "../../../firmware/stages/response.ts";
import { parameters } from "../../../firmware/views.ts";
import {
  GATING_FILM_BIAS,
  GATING_SWEPT_RESET,
  PARAM_BLOCK,
  PARAM_GATE_DELAYS_NS,
  PARAM_GATE_WIDTHS_NS,
} from "../../../hw-profiles/interface/memory-map.ts";

const GATES: u32 = 40;
const tables = memory.data(65536);
const target = memory.data(512);
const other = memory.data(512);

/** Forty gates of 5 ns side by side from -10 ns on. */
function prepare(tauNs: f32, tailFraction: f32): void {
  parameters.gating = GATING_FILM_BIAS;
  parameters.pulseWidthNs = 39;
  parameters.pulsePeriodNs = 1000;
  parameters.responseTauNs = tauNs;
  parameters.tailFraction = tailFraction;
  parameters.tailTauNs = 400;
  parameters.extinction = 0;
  parameters.t0MinNs = -10;
  setup.gates = GATES;
  setup.paddedGates = GATES;
  setup.spanNs = 150;
  setup.edges = tables;
  for (let gate: u32 = 0; gate < GATES; gate++) {
    store<f32>(PARAM_BLOCK + PARAM_GATE_DELAYS_NS + (gate << 2), f32(gate) * 5 - 10);
    store<f32>(PARAM_BLOCK + PARAM_GATE_WIDTHS_NS + (gate << 2), 5);
  }
}

function build(): void {
  layOutResponse();
  buildEdges();
}

function share(gate: u32): f64 {
  return f64(load<f32>(target + (gate << 2)));
}

function slope(gate: u32): f64 {
  return f64(load<f32>(target + ((GATES + gate) << 2)));
}

function sum(): f64 {
  let total: f64 = 0;
  for (let gate: u32 = 0; gate < GATES; gate++) total += share(gate);
  return total;
}

describe("the response of all gates", () => {
  it("collects a return of a fast film whole, and nothing of it before", () => {
    prepare(2, 0);
    build();
    respond(60, target);
    expect<f64>(sum()).toBeCloseTo(1, 5);
    for (let gate: u32 = 0; gate < 12; gate++) expect<f64>(share(gate)).toBeCloseTo(0, 6);
    expect<f64>(share(18)).toBeCloseTo(5.0 / 39.0, 5);
  });

  it("has the slopes of its shares, with a tail, however fast the film", () => {
    for (let tau: f32 = 0.5; tau < 300; tau *= 3) {
      prepare(tau, 0.1);
      build();
      respond(61.3, target);
      respond(61.31, other);
      for (let gate: u32 = 0; gate < GATES; gate++) {
        const numeric = (f64(load<f32>(other + (gate << 2))) - share(gate)) / 0.01;
        expect<f64>(numeric).toBeCloseTo(slope(gate), 3);
      }
    }
  });

  it("carries the tail of earlier pulses over: before a PbS return 9e-4 of it, 2e-5 in 5 ns", () => {
    prepare(113.8, 0);
    build();
    respond(100, target);
    expect<f64>(share(5)).toBeCloseTo(1.9e-5, 5);
  });

  it("leaks the extinction when it is closed", () => {
    prepare(2, 0);
    parameters.extinction = 0.25;
    build();
    respond(100, target);
    expect<f64>(share(0)).toBeCloseTo(0.25, 6);
    expect<f64>(sum()).toBeCloseTo(0.25 * f64(GATES) + 0.75, 5);
  });
});

describe("a single pulse, with swept reset", () => {
  it("is whole in a gate that opens before it, and gone in one that opens long after it", () => {
    prepare(2, 0);
    parameters.gating = GATING_SWEPT_RESET;
    build();
    respond(60, target);
    expect<f64>(share(0)).toBeCloseTo(1, 6);
    expect<f64>(share(39)).toBeCloseTo(0, 6);
  });
});
