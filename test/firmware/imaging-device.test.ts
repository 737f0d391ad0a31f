// Dark correction and sigma of the whole simulated imager, maps of its factory included. Photodiode flicker and telegraph
// noise are off, as they are not in the maps' floor; imaging-sigma.test.ts has them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenedCamera, openCamera } from "../../host/open-camera.ts";
import { READ_CDS, READ_RAMP, READ_SINGLE } from "../../hw-profiles/interface/memory-map.ts";
import { PIXEL_BAD } from "../../hw-profiles/interface/pixel-flags.ts";
import { loadImagingProfile } from "../../hw-profiles/load/load-profile.ts";
import { mean, variance } from "./support/image-trials.ts";

const PROFILE = "inas-imager-64x48";
const BOLTZMANN_EV_PER_K = 8.617333262e-5;
const FRAMES = 160;
/** Lag of what was exposed before, at another temperature, fades. */
const SETTLING_FRAMES = 8;

interface Stack {
  /** Mean of the frames, good pixels. */
  readonly meanDn: Float64Array;
  readonly temporalDn2: number;
  readonly statedDn2: number;
}

const { detector, environment, readout } = loadImagingProfile(PROFILE);
const CALIBRATION_K = environment.temperatureC + 273.15;
let opened: OpenedCamera;

beforeAll(async () => {
  const simulation = { scene: "dark", seed: 11, effects: { flicker: false, rts: false } };
  opened = await openCamera(`sim:${PROFILE}`, { simulation });
});
afterAll(() => opened.camera.close());

async function stack(readMode: number, stepK: number): Promise<Stack> {
  const { camera } = opened;
  await camera.registers.write("ReadMode", readMode);
  if (readMode === READ_RAMP) await camera.registers.write("ReadCount", 8);
  const milliCelsius = Math.round(1000 * (environment.temperatureC + stepK));
  await camera.registers.write("SimTemperature", milliCelsius);
  let [sum, squares, stated] = [new Float64Array(), new Float64Array(), 0];
  let good: number[] = [];
  let frames = -SETTLING_FRAMES;
  for await (const frame of camera.imageFrames({ count: SETTLING_FRAMES + FRAMES })) {
    if (++frames <= 0) continue;
    if (frames === 1) {
      good = [...frame.flags.keys()].filter((i) => (frame.flags[i]! & PIXEL_BAD) === 0);
      sum = new Float64Array(good.length);
      squares = new Float64Array(good.length);
    }
    good.forEach((pixel, i) => {
      sum[i]! += frame.intensityDn[pixel]!;
      squares[i]! += frame.intensityDn[pixel]! ** 2;
      stated += frame.sigmaDn[pixel]! ** 2;
    });
  }
  const meanDn = sum.map((value) => value / FRAMES);
  const temporal = squares.map((value, i) => (value - FRAMES * meanDn[i]! ** 2) / (FRAMES - 1));
  return { meanDn, temporalDn2: mean(temporal), statedDn2: stated / FRAMES / good.length };
}

/** Standard deviation between pixels, without what the stack's own noise adds, DN. */
function patternDn({ meanDn, temporalDn2 }: Stack): number {
  return Math.sqrt(Math.max(0, variance(meanDn) - temporalDn2 / FRAMES));
}

describe("an imager in the dark, about 3 060 pixels, 160 frames: patterns to 3 %", () => {
  it.each([
    ["single", READ_SINGLE],
    ["CDS", READ_CDS],
    ["ramp of 8", READ_RAMP],
  ])("%s: residue on the floor of the maps, here and 5 K warmer; sigma within 5 %", async (_, readMode) => {
    const same = await stack(readMode, 0);
    const floorDn = Math.sqrt(same.temporalDn2 / readout.calibrationFrames);
    expect(patternDn(same) / floorDn).toBeLessThan(1.1);
    expect(patternDn(same) / floorDn).toBeGreaterThan(0.9);
    const warmer = await stack(readMode, 5);
    const inverse = 1 / (CALIBRATION_K + 5) - 1 / CALIBRATION_K;
    const factor = Math.exp(-(detector.darkActivationEv / BOLTZMANN_EV_PER_K) * inverse);
    // What the dark map's own noise becomes when it is scaled to the temperature.
    expect(patternDn(warmer) / (floorDn * factor)).toBeLessThan(1.3);
    for (const { statedDn2, temporalDn2 } of [same, warmer]) {
      expect(Math.abs(Math.sqrt(statedDn2 / temporalDn2) - 1)).toBeLessThan(0.05);
    }
  });
});
