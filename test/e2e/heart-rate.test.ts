import { describe, expect, test } from "vitest";
import { DEFAULT_BAND, heartRate } from "../../host/applications/heart-rate/heart-rate.ts";
import { recordLight } from "../../host/applications/heart-rate/record.ts";
import { openCamera } from "../../host/open-camera.ts";

const RATES_BPM = [45, 60, 75, 90, 105, 120, 135, 150, 165, 180];
const SEEDS = [1, 2, 3];

async function errorBpm(rateBpm: number, seed: number): Promise<{ error: number; standardError: number }> {
  const scene = `fingertip:rate=${rateBpm},person=${seed}`;
  const { camera } = await openCamera("sim:inas-imager-64x48", {
    simulation: { scene, seed, threads: 0, firmware: "simd", truth: false },
  });
  try {
    const record = await recordLight(camera, { seconds: 20, band: DEFAULT_BAND });
    const found = heartRate(record.lightDn, record.frameRateHz);
    expect(found.quality).toBe("good");
    return { error: found.rateBpm! - rateBpm, standardError: found.standardErrorBpm! };
  } finally {
    await camera.close();
  }
}

describe("heart rate of a simulated fingertip", () => {
  test.each(RATES_BPM)(
    "%i bpm: within 1 bpm and two standard errors, three people and seeds",
    async (rateBpm) => {
      for (const seed of SEEDS) {
        const { error, standardError } = await errorBpm(rateBpm, seed);
        expect(Math.abs(error)).toBeLessThan(1);
        expect(Math.abs(error)).toBeLessThan(2 * standardError);
      }
    },
  );
});
