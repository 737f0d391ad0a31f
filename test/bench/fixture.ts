import { loadLidarProfile } from "../../hw-profiles/load/load-profile.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { lidarParameters } from "../../sim/board/lidar/lidar-parameters.ts";
import { initialLidarSettings } from "../../sim/board/lidar/lidar-settings.ts";
import { devicePatterns } from "../../sim/pixel/device-patterns.ts";
import { factoryCalibration } from "../../sim/pixel/factory-calibration.ts";
import { Band } from "../../sim/pool/band.ts";
import type { ExposureJob } from "../../sim/pool/exposure-job.ts";
import type { ReferenceRow } from "../reference/firmware/frame.ts";

export const BENCH_PROFILE = "inas-lidar-320x240";
/** Rows around the middle of the room scene, where the moving people are. */
const ROWS = { firstRow: 100, rows: 40 };
const FRAME_NS = 36_000_000;

export interface BenchFixture {
  readonly profile: LidarProfile;
  readonly band: Band;
  readonly block: Uint8Array;
  /** One row of codes of the room, with the maps that go with it. */
  readonly row: ReferenceRow;
  job(frame: number): ExposureJob;
}

/** The default sensor looking at the default scene: every stage is timed on what it meets in use. */
export async function benchFixture(): Promise<BenchFixture> {
  const profile = loadLidarProfile(BENCH_PROFILE);
  const settings = initialLidarSettings(profile);
  const setup = { profile, scene: "room", seed: 1n, raysPerSide: 4 };
  const band = await Band.open(setup, ROWS);
  const job = (frame: number): ExposureJob => ({ frame, startNs: frame * FRAME_NS, settings });
  band.expose(job(0));
  return { profile, band, block: lidarParameters(profile, settings), row: sceneRow(profile, band, 1), job };
}

/** The first `rows` rows of the band side by side, as one row of a wider sensor. */
export function sceneRow(profile: LidarProfile, band: Band, rows: number): ReferenceRow {
  const count = rows * profile.array.widthPx;
  const { gates, codes, pixels } = band.kernels;
  const area = { firstPixel: ROWS.firstRow * profile.array.widthPx, count };
  const maps = factoryCalibration(profile, devicePatterns(profile, area));
  const samples = new Uint16Array(gates * count);
  for (let gate = 0; gate < gates; gate++) {
    samples.set(codes.subarray(gate * pixels, gate * pixels + count), gate * count);
  }
  return { samples, offset: maps.offsetDn16, dark: maps.darkDn16, bad: maps.bad };
}
