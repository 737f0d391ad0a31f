import { describe, expect, it } from "vitest";
import {
  buildResponseTable,
  cumulativePeriodic,
  cumulativeSingle,
  gateResponse,
  RESPONSE_MAX_ROWS,
  type ResponseSpec,
} from "../../../sim/detector/response.ts";
import { responseSpecOf } from "../kernels/pixel-fixture.ts";

/** The pulse of unit area through the poles, straight from its definition (no cumulative, no series). */
function waveform(y: number, spec: ResponseSpec): number {
  const onePole = (tau: number) => {
    if (y <= 0) return 0;
    const rise = 1 - Math.exp(-Math.min(y, spec.pulseWidthNs) / tau);
    return (rise * Math.exp(-Math.max(0, y - spec.pulseWidthNs) / tau)) / spec.pulseWidthNs;
  };
  return (1 - spec.slowFraction) * onePole(spec.tauNs) + spec.slowFraction * onePole(spec.tauSlowNs);
}

/** Pulses of `periods` earlier periods and the coming ones. */
function repeated(y: number, spec: ResponseSpec, periods: number): number {
  let sum = 0;
  for (let n = -2; n <= periods; n++) sum += waveform(y + n * spec.periodNs, spec);
  return sum;
}

/** Midpoint rule in steps of at most 5 ps; the integrand has kinks, so a high order would gain nothing. */
function integrate(from: number, to: number, value: (t: number) => number): number {
  const steps = Math.ceil((to - from) / 0.005);
  const width = (to - from) / steps;
  let sum = 0;
  for (let step = 0; step < steps; step++) sum += value(from + (step + 0.5) * width);
  return sum * width;
}

const specs = {
  "InAs, one pole": responseSpecOf(32, { slowFraction: 0, tauNs: 29.6 }),
  "InAs, slow tail": responseSpecOf(32),
  "PbS, long tails": responseSpecOf(32, { tauNs: 113.8, tauSlowNs: 900, slowFraction: 0.1 }),
  "fast, long pulse": responseSpecOf(32, { tauNs: 2, pulseWidthNs: 120, slowFraction: 0 }),
};

describe.each(Object.entries(specs))("response: %s", (_, spec) => {
  it("film-bias agrees with numeric quadrature of the repeated pulse", () => {
    const response = gateResponse({ ...spec, extinction: 0 });
    for (const [gate, t0] of [
      [0, 0],
      [1, 3.3],
      [5, 0],
      [9, 61.7],
      [31, 20],
      [3, 400],
      [2, 985],
    ] as const) {
      const open = spec.delaysNs[gate]!;
      const expected = integrate(open, open + 15, (t) => repeated(t - t0, spec, 12));
      expect(response(gate, t0)).toBeCloseTo(expected, 6);
    }
  });

  it("swept-reset agrees with numeric quadrature of one pulse", () => {
    const response = gateResponse({ ...spec, gating: "swept-reset" });
    for (const [gate, t0] of [
      [0, 0],
      [9, 61.7],
      [31, 20],
      [31, 970],
    ] as const) {
      const expected = integrate(spec.delaysNs[gate]!, spec.periodNs, (t) => waveform(t - t0, spec));
      expect(response(gate, t0)).toBeCloseTo(expected, 6);
    }
  });

  it("conserves charge", () => {
    const { periodNs } = spec;
    const wholePeriod = gateResponse({ ...spec, delaysNs: [-17], widthsNs: [periodNs] });
    for (const t0 of [0, 13.7, 500, 999]) expect(wholePeriod(0, t0)).toBeCloseTo(1, 12);

    const tiles = Array.from({ length: 40 }, (_, k) => (k * periodNs) / 40);
    const tiled = { ...spec, extinction: 0, delaysNs: tiles, widthsNs: tiles.map(() => periodNs / 40) };
    const response = gateResponse(tiled);
    const sum = tiles.reduce((total, _, gate) => total + response(gate, 77.7), 0);
    expect(sum).toBeCloseTo(1, 12);

    const single = cumulativeSingle(spec);
    expect(single(0)).toBe(0);
    expect(single(1e5)).toBeCloseTo(1, 12);
    expect(cumulativePeriodic(spec)(3 * periodNs)).toBeCloseTo(3, 12);
  });

  it("leaks the extinction outside the gate", () => {
    const closed = gateResponse({ ...spec, extinction: 0 });
    const leaky = gateResponse({ ...spec, extinction: 0.5 });
    expect(leaky(4, 30)).toBeCloseTo(0.5 + 0.5 * closed(4, 30), 14);
    expect(gateResponse({ ...spec, extinction: 1 })(4, 30)).toBe(1);
  });
});

describe("response table", () => {
  const spec = responseSpecOf(4);
  const table = buildResponseTable(spec);

  it("covers one period and closes on itself", () => {
    expect(table).toMatchObject({ t0MinNs: 0, stepNs: 0.078125, rows: 12801, gates: 4, periodNs: 1000 });
    for (let gate = 0; gate < 4; gate++) {
      expect(table.values[12800 * 4 + gate]).toBeCloseTo(table.values[gate]!, 6);
    }
  });

  it("is good to 2e-6 between its rows by linear interpolation", () => {
    const response = gateResponse(spec);
    for (let row = 0; row < 2000; row++) {
      const middle = (table.values[row * 4 + 2]! + table.values[(row + 1) * 4 + 2]!) / 2;
      expect(Math.abs(middle - response(2, (row + 0.5) * table.stepNs))).toBeLessThan(2e-6);
    }
  });

  it("is not periodic for a swept reset, nor when a period does not fit", () => {
    expect(buildResponseTable({ ...spec, gating: "swept-reset" }).periodNs).toBe(0);
    const slow = buildResponseTable({ ...spec, periodNs: 10_000 });
    expect([slow.periodNs, slow.rows]).toEqual([0, RESPONSE_MAX_ROWS]);
  });

  it("refuses numbers that make no sense", () => {
    expect(() => buildResponseTable({ ...spec, tauNs: 0 })).toThrow(/tauNs is 0, expected a positive/);
    expect(() => buildResponseTable({ ...spec, tauSlowNs: 0 })).toThrow(/tauSlowNs is 0/);
    expect(() => buildResponseTable({ ...spec, pulseWidthNs: 2000 })).toThrow(/2000 ns.*longer.*1000 ns/);
    expect(() => buildResponseTable({ ...spec, widthsNs: [1] })).toThrow(/4 gate delays and 1 widths/);
  });
});
