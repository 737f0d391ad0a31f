import { describe, expect, it } from "vitest";
import { Heart, pulseWave } from "../../../../sim/scene/radiance/fingertip/heart.ts";
import { sceneError } from "../support.ts";
import {
  GEOMETRY,
  IRRADIANCE_PER_RADIANCE,
  lightOf,
  openLight,
  PHOTONS_PER_W_PER_M2,
} from "./light-support.ts";

const HEART = { rateBpm: 72, breathingPerMin: 14, variability: 0.02, person: 1 };
const MIDDLE = 30 * 80 + 40;
const CORNER = 0;
/** Half of what a white surface sends back under the default lamp of 2 W/m2. */
const FULL_PHOTONS = ((0.5 * 2) / Math.PI) * IRRADIANCE_PER_RADIANCE * PHOTONS_PER_W_PER_M2;

const seconds = (end: number, step = 0.01): number[] =>
  Array.from({ length: Math.round(end / step) }, (_, i) => i * step);

/** Instants at which the count of beats passes a whole number, by bisection. */
function beatTimes(heart: Heart, endS: number): number[] {
  const times: number[] = [];
  for (let beat = Math.ceil(heart.beats(0)); beat < heart.beats(endS); beat++) {
    let [low, high] = [0, endS];
    while (high - low > 1e-9) {
      const middle = (low + high) / 2;
      if (heart.beats(middle) < beat) low = middle;
      else high = middle;
    }
    times.push(low);
  }
  return times;
}

describe("the pulse wave", () => {
  it("rises to 1 in systole, has a notch and a dicrotic peak, and falls to 0", () => {
    const at = (phase: number): number => pulseWave(phase);
    expect(Math.abs(at(0.22) - 1)).toBeLessThan(0.01);
    expect(at(0.4)).toBeLessThan(at(0.5) - 0.05);
    expect(at(0.5)).toBeCloseTo(0.4, 2);
    expect(at(0.95)).toBeLessThan(0.01);
    for (const phase of [0, 0.3, 0.77]) expect(at(phase + 41)).toBeCloseTo(at(phase), 9);
  });
});

describe("a heart", () => {
  it("beats at its rate on average, its intervals varying as set", () => {
    const times = beatTimes(new Heart(HEART), 1200);
    const intervals = times.slice(1).map((time, i) => time - times[i]!);
    const mean = intervals.reduce((sum, value) => sum + value) / intervals.length;
    const variance = intervals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / intervals.length;
    expect(60 / mean).toBeCloseTo(72, 1);
    // An interval averages the breath's wave (0.23 Hz) over 0.83 s: sinc(0.19) = 0.94 of it, 0.99 of the slow one.
    expect(Math.sqrt(variance) / mean / 0.02).toBeGreaterThan(0.93);
    expect(Math.sqrt(variance) / mean / 0.02).toBeLessThan(1.01);
  });

  it("is another person's with another seed, and has no breath when it is held", () => {
    const [one, other] = [new Heart(HEART), new Heart({ ...HEART, person: 2 })];
    expect(one.pulse(3)).not.toBe(other.pulse(3));
    const held = new Heart({ ...HEART, breathingPerMin: 0 });
    expect(seconds(10).every((time) => held.breath(time) === 0)).toBe(true);
  });
});

describe("a fingertip's light", () => {
  it("is that of flesh under the lamp, and changes by the modulation on the finger alone", async () => {
    const scene = await openLight("fingertip:rate=60,drift=0,variability=0,modulation=0.02");
    expect(scene.moving).toBe(true);
    const frames = seconds(1).map((time) => lightOf(scene, GEOMETRY, time * 1e9));
    const at = (pixel: number): number[] => frames.map((light) => light[pixel]!);
    const [most, least] = [Math.max(...at(MIDDLE)), Math.min(...at(MIDDLE))];
    const tissue = (most + least) / 2 - 0.05 * FULL_PHOTONS;
    expect((most - least) / tissue).toBeGreaterThan(0.0198);
    expect((most - least) / tissue).toBeLessThan(0.0203);
    expect(tissue / FULL_PHOTONS).toBeGreaterThan(0.97);
    expect(tissue / FULL_PHOTONS).toBeLessThan(1.01);
    expect(new Set(at(CORNER)).size).toBe(1);
    expect(at(CORNER)[0]! / (0.05 * FULL_PHOTONS)).toBeCloseTo(1, 4);
  });

  it("is a pure function of time and place", async () => {
    const [scene, again] = [await openLight("fingertip"), await openLight("fingertip")];
    lightOf(again, GEOMETRY, 9e9);
    expect(lightOf(again, GEOMETRY, 1.5e9)).toEqual(lightOf(scene, GEOMETRY, 1.5e9));
    const part = lightOf(again, GEOMETRY, 1.5e9, 20, 7);
    expect(part).toEqual(lightOf(scene, GEOMETRY, 1.5e9).subarray(20 * 80, 27 * 80));
  });

  it("stands still unless it is told to move", async () => {
    const share = async (text: string): Promise<number> => {
      const scene = await openLight(text);
      const [one, other] = [lightOf(scene, GEOMETRY, 0), lightOf(scene, GEOMETRY, 1e9)];
      return other[25 * 80 + 8]! / other[MIDDLE]! / (one[25 * 80 + 8]! / one[MIDDLE]!);
    };
    expect(await share("fingertip:modulation=0,drift=0")).toBeCloseTo(1, 6);
    expect(Math.abs((await share("fingertip:modulation=0,drift=0,motion=0.05")) - 1)).toBeGreaterThan(0.01);
  });

  it("refuses what no heart does", async () => {
    expect((await sceneError(() => openLight("fingertip:rate=300"))).fault.expected).toBe(
      "a number from 30 to 240",
    );
    expect((await sceneError(() => openLight("fingertip:puls=70"))).fault.found).toBe('the setting "puls"');
    expect((await sceneError(() => openLight("fingertip:person=1.5"))).fault.found).toBe("person=1.5");
  });
});
