import { expect, test } from "vitest";
import { READ_CDS, READ_RAMP, READ_SINGLE } from "../../../hw-profiles/interface/memory-map.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { loadImagingProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { type ImagingProgram, imagingProgram } from "../../../sim/board/imaging/imaging-program.ts";
import { initialImagingSettings } from "../../../sim/board/imaging/imaging-settings.ts";
import { calibrationTemperatureK, darkMapScale } from "../../../sim/imaging/factory-conditions.ts";
import { factoryDevice } from "../../../sim/imaging/factory-device.ts";
import { FactoryMapMaker } from "../../../sim/imaging/factory-maps.ts";
import { ImagingBand } from "../../../sim/imaging/imaging-band.ts";
import { type LinearResponse, linearDn, linearResponse } from "../../../sim/imaging/linear-response.ts";
import { imagingProfile } from "../../support/imaging-profile.ts";

const FRAMES = 64;
const STEPS_PER_DN = 16;
/** Rounding of a map's value. */
const ROUNDING_DN2 = 1 / (12 * STEPS_PER_DN * STEPS_PER_DN);

/** Difference of last and first read, or the only read, linear, as the readout logic subtracts the maps from it. */
function correctedOf(
  response: LinearResponse,
  codes: Uint16Array,
  pixels: number,
  reads: number,
  maps: ReturnType<FactoryMapMaker["make"]>,
) {
  return Float64Array.from({ length: pixels }, (_, at) => {
    const last = linearDn(response, codes[(reads - 1) * pixels + at]!);
    const zero = reads === 1 ? maps.offsetDn16[at]! / STEPS_PER_DN : linearDn(response, codes[at]!);
    return last - zero - maps.darkDn16[at]! / STEPS_PER_DN;
  });
}

interface Residual {
  /** Variance of the pattern that is left, without the frames' own noise. */
  readonly patternDn2: number;
  /** What a stack of calibrationFrames leaves at best. */
  readonly floorDn2: number;
}

/** Dark frames at the calibration's temperature, less the maps, over the pixels that the factory calls good. */
async function residual(profile: ImagingProfile, { registers }: ImagingProgram): Promise<Residual> {
  const band = await ImagingBand.open({ profile, scene: "dark", seed: 5n }, { firstRow: 0, rows: 48 });
  const maps = new FactoryMapMaker(profile, factoryDevice(profile)).make(registers, 1);
  const response = linearResponse(profile, 1, registers);
  const pixels = registers.width * registers.height;
  const planes = new Uint16Array(registers.reads * pixels);
  const sum = new Float64Array(pixels);
  const squares = new Float64Array(pixels);
  const common = {
    startNs: 0,
    temperatureMk: 1000 * calibrationTemperatureK(profile),
    analogGain: 1,
    lightFactor: 1,
    registers,
  };
  for (let frame = 0; frame < FRAMES; frame++) {
    band.expose({ ...common, frame, sinceLastCycles: frame === 0 ? 0 : 3_000_000 });
    band.copyCodes(planes);
    correctedOf(response, planes, pixels, registers.reads, maps).forEach((value, at) => {
      sum[at]! += value;
      squares[at]! += value * value;
    });
  }
  const good = [...sum.keys()].filter((at) => maps.bad[at] === 0);
  const mean = good.reduce((total, at) => total + sum[at]! / FRAMES, 0) / good.length;
  const spread = good.reduce((total, at) => total + (sum[at]! / FRAMES - mean) ** 2, 0) / good.length;
  const temporal =
    good.reduce((total, at) => total + (squares[at]! - sum[at]! ** 2 / FRAMES) / (FRAMES - 1), 0) /
    good.length;
  const floorDn2 = temporal / profile.readout.calibrationFrames + ROUNDING_DN2;
  return { patternDn2: spread - temporal / FRAMES, floorDn2 };
}

const cases: readonly [string, number, Partial<ReturnType<typeof initialImagingSettings>>][] = [
  ["single reads", READ_SINGLE, {}],
  ["cds", READ_CDS, {}],
  ["the ends of a ramp", READ_RAMP, { rampReads: 4 }],
  ["2 x 2 bins", READ_SINGLE, { binningX: 2, binningY: 2, width: 32, height: 24 }],
  ["a global reset, where lines wait differently long", READ_SINGLE, { shutter: Reg.SHUTTER_GLOBAL_RESET }],
];

// Slow noise that no stack averages (flicker, lag) is off: only what a stack measures is compared with its floor. The
// variance of about 3000 pixels' residual has a relative standard deviation of sqrt(2 / 3000) (1 + 256 / 64) = 13 %.
const { effects } = imagingProfile;
const steady: ImagingProfile = {
  ...imagingProfile,
  effects: { ...effects, flicker: { ...effects.flicker, on: false }, lag: { ...effects.lag, on: false } },
};

test.each(cases)(
  "%s: the pattern left is that of the factory's finite stack",
  async (_, readMode, changes) => {
    const settings = { ...initialImagingSettings(steady), readMode, ...changes };
    const { floorDn2, patternDn2 } = await residual(steady, imagingProgram(steady, settings));
    const sigma = changes.binningX === undefined ? 0.13 : 0.26;
    expect(patternDn2 / floorDn2).toBeLessThan(1.21 + 4 * sigma);
    expect(patternDn2 / floorDn2).toBeGreaterThan(1 - 4 * sigma);
  },
);

test("the dark of a 14-bit imager that is cooled fits its map, as a quarter of it", () => {
  const profile = loadImagingProfile("hgte-1280x1024");
  const settings = { ...initialImagingSettings(profile), readMode: READ_CDS, width: 64, height: 32 };
  const { registers } = imagingProgram(profile, settings);
  const { bad, darkDn16 } = new FactoryMapMaker(profile, factoryDevice(profile)).make(registers, 1);
  expect(darkMapScale(profile)).toBe(4);
  expect(darkMapScale(imagingProfile)).toBe(1);
  const good = [...darkDn16].filter((_, pixel) => bad[pixel] === 0);
  const meanDn =
    (darkMapScale(profile) * good.reduce((sum, dark) => sum + dark, 0)) / good.length / STEPS_PER_DN;
  // About 1070 DN: 7 % of the well in 6 ms at -40 degC.
  expect(meanDn).toBeGreaterThan(900);
  expect(meanDn).toBeLessThan(1200);
  expect(Math.max(...good)).toBeLessThan(0xffff);
});

test("dead, stuck, hot and strongly telegraphing pixels are listed, and no others", () => {
  const { bad } = factoryDevice(imagingProfile);
  const { defects, rts } = imagingProfile.effects;
  const listed = (profile: ImagingProfile) => factoryDevice(profile).bad.reduce((sum, one) => sum + one, 0);
  const without = (changes: Partial<typeof effects>) => ({
    ...imagingProfile,
    effects: { ...effects, ...changes },
  });
  const quiet = without({ defects: { ...defects, on: false }, rts: { ...rts, on: false } });
  expect(listed(quiet)).toBe(0);
  expect(listed(without({ rts: { ...rts, on: false } }))).toBeGreaterThan(5);
  expect(listed(without({ defects: { ...defects, on: false } }))).toBeGreaterThan(0);
  expect(bad.length).toBe(64 * 48);
});
