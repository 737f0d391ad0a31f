import { describe, expect, it } from "vitest";
import { ImagingMemory, MemoryPlan } from "../../../sim/imaging/imaging-memory.ts";
import type { SensorRows } from "../../../sim/imaging/seams.ts";
import { Draws } from "../../../sim/random/draws.ts";
import { imagingProfile } from "../../support/imaging-profile.ts";
import { collectorOf, conditionsWith, scheduleOf, sized } from "./collect-fixture.ts";

const WIDTH = 43;
const HEIGHT = 30;
const READS = 3;
const profile = sized(WIDTH, HEIGHT);
const conditions = { temperatureK: 310, analogGain: 1, effects: imagingProfile.effects };
const draws = new Draws(5, 300);

function lightOf(row: number, column: number): number {
  const inside = Math.min(Math.max(row, 0), HEIGHT - 1);
  return 1e5 * draws.lognormal(inside * WIDTH + column, 3);
}

/** Rows are read one after the other, each with a longer first interval. */
function schedule(band: SensorRows) {
  const times = Float64Array.from(
    { length: band.rows * READS },
    (_, at) => 0.001 + 0.002 * (at % READS) + 0.0001 * (band.firstRow + Math.floor(at / READS)),
  );
  return { reads: READS, sampleS: times, lightS: times, framePeriodS: 0.02 };
}

/** Two frames, so that the second one sees lag. @returns [read][row of the band][column]. */
function expose(band: SensorRows): Float32Array {
  const collector = collectorOf(profile, band);
  for (let row = -1; row <= band.rows; row++) {
    for (let column = 0; column < WIDTH; column++) {
      collector.photonsPerS[(row + 1) * WIDTH + column] = lightOf(band.firstRow + row, column);
    }
  }
  collector.setLight(conditions);
  for (const frame of [4, 5]) collector.collect(schedule(band), { seed: 9n, frame });
  return collector.charge.slice(0, READS * band.rows * WIDTH);
}

describe("bands", () => {
  const whole = expose({ firstRow: 0, rows: HEIGHT });

  it.each([[[10, 20]], [[1, 29]], [[7, 2, 11, 10]]])("of %j rows give the bits of the whole", (sizes) => {
    let firstRow = 0;
    for (const rows of sizes) {
      const part = expose({ firstRow, rows });
      for (let read = 0; read < READS; read++) {
        const from = (read * HEIGHT + firstRow) * WIDTH;
        const plane = part.subarray(read * rows * WIDTH, (read + 1) * rows * WIDTH);
        expect(plane).toEqual(whole.subarray(from, from + rows * WIDTH));
      }
      firstRow += rows;
    }
  });

  it("does not write beyond the pixels of the last row", () => {
    const collector = collectorOf(profile);
    collector.charge.fill(-1);
    collector.setLight(conditions);
    collector.collect(schedule(collector.band), { seed: 9n, frame: 0 });
    const written = READS * HEIGHT * WIDTH;
    expect(collector.charge.subarray(0, written).every((charge) => charge !== -1)).toBe(true);
    expect(collector.charge.subarray(written).every((charge) => charge === -1)).toBe(true);
  });
});

describe("wrong use of the collector", () => {
  it("is answered with what was found and expected", () => {
    const collector = collectorOf(profile);
    const key = { seed: 1n, frame: 0 };
    expect(() => collector.collect(scheduleOf(HEIGHT, [1]), key)).toThrow(/before setLight/);
    collector.setLight(conditions);
    expect(() => collector.collect(scheduleOf(HEIGHT - 1, [1]), key)).toThrow(/29 samples.*expected 30/);
    const times = new Array<number>(33).fill(1);
    expect(() => collector.collect(scheduleOf(HEIGHT, times), key)).toThrow(/33 reads; expected 1..32/);
    const traps = new Array(3).fill({ share: 0.1, tauMs: 1 });
    const more = conditionsWith(["lag"], { lag: { on: true, traps } });
    expect(() => collector.setLight(more)).toThrow(/3 trap species.*planned for 2/);
  });

  it("names the missing exports of another module, and a plan that does not fit", () => {
    const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
    const plan = new MemoryPlan();
    expect(() => ImagingMemory.create(new Uint8Array([1, 2, 3]), plan)).toThrow(WebAssembly.CompileError);
    expect(Object.keys(ImagingMemory.create(empty, plan).kernels)).toEqual([]);
    plan.floats(2 ** 30);
    expect(() => ImagingMemory.create(empty, plan)).toThrow(/pages of 64 KiB; expected at most 65536/);
  });
});
