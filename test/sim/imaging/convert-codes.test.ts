// Codes of known levels: rounding, the ramp of every column, defects, and the window.
import { describe, expect, it } from "vitest";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { DEFECT_STUCK } from "../../../sim/pixel/device-patterns.ts";
import { columnSteps, defectPixels } from "../../../sim/pixel/imaging-patterns.ts";
import { gainEPerDn } from "../../../sim/pixel/noise-budget.ts";
import { latchedCode, rampDn } from "../../../sim/roic/adc/single-slope.ts";
import { steppedCode } from "../../reference/imaging/convert-reference.ts";
import { imagingProfile } from "../../support/imaging-profile.ts";
import { benchOf, conditionsOf, profileWith, scheduleOf, testKey, wholeWindow } from "./convert-fixture.ts";

const f = Math.fround;

function convert(profile: ImagingProfile, chargeE: (at: number) => number) {
  const { converter, charge, band } = benchOf(profile, 1);
  charge.forEach((_, at) => {
    charge[at] = chargeE(at);
  });
  const conditions = conditionsOf(profile.effects);
  return converter.convert(charge, scheduleOf(band.rows, [1e-3]), wholeWindow(profile), conditions, testKey);
}

/** Levels that the converter sees: no pattern, no noise. */
function levelOf(profile: ImagingProfile, chargeE: number): number {
  return f(f(f(chargeE) * f(1 / gainEPerDn(profile))) + profile.adc.pedestalDn);
}

describe("codes equal a ramp that is stepped clock by clock", () => {
  const wide = { ...imagingProfile, array: { ...imagingProfile.array, widthPx: 97, heightPx: 200 } };
  const steep = [4, -3, 5, -2, 1];
  it.each([
    { name: "ideal", effects: [], bits: 10, points: [0, 0] },
    { name: "slopes", effects: ["columnGain"], bits: 10, points: [0, 0] },
    { name: "nonlinear", effects: ["inl"], bits: 10, points: steep },
    { name: "slopes and nonlinear", effects: ["columnGain", "inl"], bits: 12, points: steep },
    { name: "steep nonlinearity", effects: ["columnGain", "inl"], bits: 8, points: [0, 20, -20, 0] },
    { name: "fine", effects: ["columnGain", "inl"], bits: 16, points: [0, 3, -3, 2, 0] },
  ] as const)(
    "$name, $bits bits: levels on, just below and just above every step",
    ({ effects, bits, points }) => {
      const profile = profileWith({ ...wide, adc: { ...wide.adc, bits, pedestalDn: 3 } }, effects, {
        columnGain: { spread: 0.01 },
        inl: { pointsDn: points },
      });
      const steps = columnSteps(profile, profile.effects);
      const inlDn = profile.effects.inl.on ? points : [];
      const specOf = (column: number) => ({ bits, startDn: 0.5, stepDn: steps[column]!, inlDn });
      const counts = 2 ** bits;
      const chargeOf = (at: number) => {
        const count = (at * 7) % counts;
        const offStep = ((at % 5) - 2) * counts * 2 ** -23;
        return (rampDn(specOf(at % 97), count) + offStep - 3) * gainEPerDn(profile);
      };
      const { codes } = convert(profile, chargeOf);
      let onSteps = 0;
      codes.forEach((code, at) => {
        const level = levelOf(profile, chargeOf(at));
        const spec = specOf(at % 97);
        if (code !== latchedCode(spec, level)) expect([at, code]).toEqual([at, latchedCode(spec, level)]);
        if (at % (counts / 64) === 0 && code !== steppedCode(spec, level))
          expect(code).toBe(steppedCode(spec, level));
        onSteps += Number(Math.abs(level - rampDn(spec, code)) < counts * 2 ** -21);
      });
      expect(onSteps).toBeGreaterThan(codes.length / 4);
    },
  );

  it("ends at 0 and at 2^bits - 1", () => {
    const { codes } = convert(
      profileWith(imagingProfile, ["columnGain", "inl"]),
      (at) => [-1e9, 1e9][at % 2]!,
    );
    expect(new Set(codes)).toEqual(new Set([0, 4095]));
  });
});

describe("every effect off", () => {
  it("a code is the rounded charge above the pedestal", () => {
    const profile = profileWith(imagingProfile, []);
    const { codes } = convert(profile, (at) => 31.7 * at);
    codes.forEach((code, at) => {
      expect(Math.abs(code - 96 - (31.7 * at) / gainEPerDn(profile))).toBeLessThanOrEqual(0.501);
    });
  });
});

describe("dead and stuck pixels", () => {
  const defects = { ...imagingProfile.defects, deadFraction: 0.05, stuckFraction: 0.05 };
  const profile = profileWith({ ...imagingProfile, defects }, [
    "defects",
    "readNoise",
    "rampNoise",
    "rts",
    "columnGain",
    "inl",
  ]);

  it("dead ones show their offset, stuck ones one code, at any charge and frame", () => {
    const dark = convert(profile, () => 0).codes;
    const bright = convert(profile, () => 50_000).codes;
    const same = [...dark].flatMap((code, at) => (Math.abs(code - bright[at]!) < 3 ? [at] : []));
    expect(same.length).toBeGreaterThan(0.07 * dark.length);
    expect(same.length).toBeLessThan(0.13 * dark.length);
    const dead = same.filter((at) => Math.abs(dark[at]! - 96) < 3);
    const stuck = same.filter((at) => Math.abs(dark[at]! - 96) >= 3);
    expect(dead.length).toBeGreaterThan(0.03 * dark.length);
    expect(stuck.every((at) => dark[at] === bright[at])).toBe(true);
    for (const { kind, row, column, code } of defectPixels(profile, profile.effects, {
      firstRow: 0,
      rows: 48,
    })) {
      if (kind === DEFECT_STUCK) expect(dark[row * 64 + column]).toBe(code);
    }
  });
});

describe("regions, decimation, binning", () => {
  const { converter, charge, band } = benchOf(imagingProfile, 2);
  charge.forEach((_, at) => {
    charge[at] = 20_000 + 10 * (at % 3000);
  });
  const schedule = scheduleOf(band.rows, [1e-3, 2e-3]);
  const convertWindow = (changes: object) => {
    const window = { ...wholeWindow(imagingProfile), ...changes };
    return converter
      .convert(charge, schedule, window, conditionsOf(imagingProfile.effects), testKey)
      .codes.slice();
  };
  const whole = convertWindow({});

  it("a region or every other pixel has the bits of the whole frame", () => {
    const region = convertWindow({ width: 13, height: 7, offsetX: 5, offsetY: 31 });
    const few = convertWindow({
      width: 9,
      height: 4,
      offsetX: 3,
      offsetY: 2,
      decimationX: 2,
      decimationY: 4,
    });
    for (let read = 0; read < 2; read++) {
      for (let at = 0; at < 13 * 7; at++) {
        const from = read * 64 * 48 + (31 + Math.floor(at / 13)) * 64 + 5 + (at % 13);
        expect(region[read * 91 + at]).toBe(whole[from]);
      }
      for (let at = 0; at < 9 * 4; at++) {
        const from = read * 64 * 48 + (2 + Math.floor(at / 9)) * 4 * 64 + (3 + (at % 9)) * 2;
        expect(few[read * 36 + at]).toBe(whole[from]);
      }
    }
  });

  it("a band has the bits of the whole frame", () => {
    for (const part of [
      { firstRow: 0, rows: 20 },
      { firstRow: 20, rows: 27 },
      { firstRow: 47, rows: 1 },
    ]) {
      const bench = benchOf(imagingProfile, 2, part);
      for (let read = 0; read < 2; read++) {
        const from = (read * 48 + part.firstRow) * 64;
        bench.charge.set(charge.subarray(from, from + part.rows * 64), read * part.rows * 64);
      }
      const found = bench.converter.convert(
        bench.charge,
        scheduleOf(part.rows, [1e-3, 2e-3]),
        wholeWindow(imagingProfile),
        conditionsOf(imagingProfile.effects),
        testKey,
      );
      expect([found.firstLine, found.lines]).toEqual([part.firstRow, part.rows]);
      for (let read = 0; read < 2; read++) {
        const from = (read * 48 + part.firstRow) * 64;
        const plane = found.codes.subarray(read * part.rows * 64, (read + 1) * part.rows * 64);
        expect(plane).toEqual(whole.subarray(from, from + part.rows * 64));
      }
    }
  });

  it("the levels of a row are those that are converted", () => {
    const quiet = profileWith(imagingProfile, ["readNoise", "followerFlicker", "rts", "nodeCapacitance"]);
    const conditions = conditionsOf(quiet.effects);
    const { codes } = converter.convert(charge, schedule, wholeWindow(quiet), conditions, testKey);
    const expected = codes.slice(64 * 48 + 17 * 64, 64 * 48 + 18 * 64);
    const levels = converter.levelsOfRow(charge, schedule, conditions, testKey, 17).subarray(64);
    expect(Uint16Array.from(levels, (level) => Math.floor(level + 0.5))).toEqual(expected);
  });

  it("refuses what it cannot do", () => {
    const conditions = conditionsOf(imagingProfile.effects);
    const window = wholeWindow(imagingProfile);
    const odd = benchOf(imagingProfile, 2, { firstRow: 3, rows: 8 });
    expect(() =>
      odd.converter.convert(
        odd.charge,
        schedule,
        { ...window, height: 24, binningY: 2 },
        conditions,
        testKey,
      ),
    ).toThrow(/edge at sensor row 3 within the bin.*multiples of 2/);
    expect(() => converter.convert(charge, schedule, { ...window, offsetX: 1 }, conditions, testKey)).toThrow(
      /columns 1\.\.64.*63/,
    );
    expect(() => converter.convert(charge, scheduleOf(48, [1, 2, 3]), window, conditions, testKey)).toThrow(
      /3 reads, expected 1 to 2/,
    );
    expect(() =>
      converter.convert(new Float32Array(charge.length), schedule, window, conditions, testKey),
    ).toThrow(/memory that it was made with/);
    const falling = { ...imagingProfile.effects, inl: { on: true, pointsDn: [0, 4000, 0] } };
    expect(() => converter.convert(charge, schedule, window, conditionsOf(falling), testKey)).toThrow(/ramp/);
    const many = { ...imagingProfile.effects, rts: { ...imagingProfile.effects.rts, pixelShare: 0.9 } };
    expect(() => converter.convert(charge, schedule, window, conditionsOf(many), testKey)).toThrow(
      /telegraph pixels, expected at most/,
    );
  });
});
