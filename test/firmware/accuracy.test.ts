// Without noise the module must give back what went in: range, amplitude and ambient, in both gating modes, with tail and
// extinction, at any temperature. The light is computed here, by summing pulses, not by the firmware's formulas.
import { describe, expect, it } from "vitest";
import { GATING_SWEPT_RESET } from "../../hw-profiles/interface/memory-map.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { type BoundSetup, share } from "./support/bound.ts";
import { encodeParameters, INAS_PARAMETERS, type Parameters } from "./support/parameter-block.ts";
import { linesPayload } from "./support/report-reader.ts";
import { TestBoard } from "./support/test-board.ts";

const WIDTH = 100;
const HALF_LIGHT_M_PER_NS = 0.299792458 / 2;
const OFFSET_DN16 = 1536;
const DARK_DN16 = 3200;
const BOLTZMANN_EV_PER_K = 8.617333262e-5;

/** 16 bits at 2 e-/DN, so that rounding is far below what is tested. */
const FINE: Parameters = {
  ...INAS_PARAMETERS,
  width: WIDTH,
  height: 1,
  components: 0x1f,
  adcBits: 16,
  rawFormat: 1,
  saturationDn: 65535,
  gainEPerDn: 2,
  timeOffsetNs: -1.5,
};

function truthNs(x: number): number {
  return 5 + x * 1.1;
}

/** Share of gate k: main pole and tail, closed-gate leak, or everything from the gate's start to the period's end. */
function collected(p: Parameters, k: number, t0Ns: number): number {
  const swept = p.gating === GATING_SWEPT_RESET;
  const delay = p.gateDelaysNs[k]!;
  const width = swept ? p.pulsePeriodNs - delay : p.gateWidthsNs[k]!;
  const periodNs = swept ? Infinity : p.pulsePeriodNs;
  const base = { delaysNs: [delay], widthNs: width, pulseNs: p.pulseWidthNs, periodNs };
  const of = (tauNs: number): number =>
    share(0, t0Ns, { ...base, tauNs, noiseVariance: 0 } satisfies BoundSetup);
  const gated = (1 - p.tailFraction) * of(p.responseTauNs) + p.tailFraction * of(p.tailTauNs);
  return swept ? gated : p.extinction + (1 - p.extinction) * gated;
}

function run(p: Parameters, amplitudeE: number, ambientE: number, temperatureK: number): DataView {
  const board = new TestBoard("readout.wasm");
  expect(board.configure(encodeParameters(p))).toBe(STATUS_OK);
  const inverse = 1 / temperatureK - 1 / p.darkReferenceK;
  const darkE =
    (DARK_DN16 / 16) * p.gainEPerDn * Math.exp(-(p.darkActivationEv / BOLTZMANN_EV_PER_K) * inverse);
  const samples = new Uint16Array(p.gateDelaysNs.length * WIDTH);
  for (let x = 0; x < WIDTH; x++) {
    p.gateDelaysNs.forEach((_, k) => {
      const electrons = amplitudeE * collected(p, k, truthNs(x)) + ambientE + darkE;
      samples[k * WIDTH + x] = Math.round(electrons / p.gainEPerDn + OFFSET_DN16 / 16);
    });
  }
  const row = {
    samples,
    offset: new Uint16Array(WIDTH).fill(OFFSET_DN16),
    dark: new Uint16Array(WIDTH).fill(DARK_DN16),
    bad: new Uint8Array(WIDTH),
  };
  const frame = { frame: 1, temperatureMk: 1000 * temperatureK, startCycle: 0n, endCycle: 1n, dropped: 0 };
  const lines = linesPayload(board.runFrame({ ...frame, rows: [row] }));
  return new DataView(lines.buffer);
}

const irregular = INAS_PARAMETERS.gateDelaysNs.map((delay, k) => delay + 3 * Math.sin(k * k));

describe("a noiseless pixel is given back", () => {
  it.each<[string, Partial<Parameters>, number]>([
    ["InAs film bias", {}, 300],
    ["PbS film bias", { responseTauNs: 113.8 }, 300],
    ["a fast film", { responseTauNs: 8 }, 300],
    ["a slow tail and a leaking gate", { tailFraction: 0.1, tailTauNs: 300, extinction: 0.3 }, 300],
    ["warm", {}, 330],
    ["cold", {}, 260],
    [
      "gates anywhere, of any width",
      { gateDelaysNs: irregular, gateWidthsNs: irregular.map((_, k) => 8 + k) },
      300,
    ],
    ["swept reset", { gating: GATING_SWEPT_RESET, pulsesPerGate: 1 }, 300],
    ["swept reset, PbS", { gating: GATING_SWEPT_RESET, pulsesPerGate: 1, responseTauNs: 113.8 }, 300],
  ])("%s", (_, change, temperatureK) => {
    const p = { ...FINE, ...change };
    const [amplitudeE, ambientE] = [60_000, 4_000];
    const lines = run(p, amplitudeE, ambientE, temperatureK);
    for (let x = 0; x < WIDTH; x++) {
      const range = lines.getUint16(2 * x, true) * p.rangeScale;
      const amplitude = lines.getUint16(4 * WIDTH + 2 * x, true) * p.amplitudeScale;
      const ambient = lines.getInt16(6 * WIDTH + 2 * x, true) * p.ambientScale;
      expect(lines.getUint8(8 * WIDTH + x), `flags of column ${x}`).toBe(0);
      expect(Math.abs(range - (truthNs(x) - p.timeOffsetNs) * HALF_LIGHT_M_PER_NS)).toBeLessThan(0.002);
      expect(Math.abs(amplitude / amplitudeE - 1)).toBeLessThan(0.003);
      expect(Math.abs(ambient - ambientE)).toBeLessThan(40);
    }
  });
});
