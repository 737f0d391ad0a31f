// From light to reports and back: decodes the range lines in the simplest way and compares them with the truth.

import { expect, test } from "vitest";
import { openSimTransport } from "../../../host/transport/sim/sim-transport.ts";
import type { FrameTruth } from "../../../host/transport/transport.ts";
import { PIXEL_BAD, PIXEL_SATURATED } from "../../../hw-profiles/interface/pixel-flags.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import { collectFrames, payloadOf, SMALL, viewOf, write } from "./sim-run.ts";

const WIDTH = 64;
const HEIGHT = 48;
/** Range, sigma, amplitude and ambient of 16 bits, flags of 8 bits. */
const ROW_BYTES = WIDTH * 9;

interface Decoded {
  readonly rangeM: number;
  readonly sigmaM: number;
  readonly ambientE: number;
  readonly flags: number;
}

function decode(reports: Uint8Array[], pixel: number): Decoded {
  const leader = viewOf(payloadOf(reports, 0, Reports.KIND_LEADER));
  const lines = viewOf(payloadOf(reports, 0, Reports.KIND_LINES));
  const x = pixel % WIDTH;
  const row = Math.floor(pixel / WIDTH) * ROW_BYTES;
  const scale = (offset: number) => leader.getFloat32(offset, true);
  return {
    rangeM: lines.getUint16(row + 2 * x, true) * scale(Reports.LEADER_RANGE_SCALE),
    sigmaM: lines.getUint16(row + 2 * (WIDTH + x), true) * scale(Reports.LEADER_SIGMA_SCALE),
    ambientE: lines.getInt16(row + 2 * (3 * WIDTH + x), true) * scale(Reports.LEADER_AMBIENT_SCALE),
    flags: lines.getUint8(row + 8 * WIDTH + x),
  };
}

async function run(
  scene: string,
  profile: string,
  registers: readonly (readonly [number, number])[] = [],
): Promise<{ reports: Uint8Array[]; truth: FrameTruth }> {
  const transport = await openSimTransport({ ...SMALL, scene, profile, truth: true });
  for (const [address, value] of registers) await write(transport, address, value);
  const reports = await collectFrames(transport, 1);
  const truth = await transport.truth(0);
  await transport.close();
  if (truth === undefined) throw new Error("frame 0 has no truth");
  return { reports, truth };
}

test.each(["inas-lidar-64x48", "inas-lidar-64x48-swept"])(
  "%s: ranges of a flat wall agree with the truth",
  async (profile) => {
    const { reports, truth } = await run("wall:range=3", profile);
    const scores: number[] = [];
    let bad = 0;
    for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
      const found = decode(reports, pixel);
      if (found.flags & PIXEL_BAD) bad++;
      if (found.flags !== 0) continue;
      scores.push((found.rangeM - truth.rangeM[pixel]!) / found.sigmaM);
    }
    expect(bad).toBeLessThan(20);
    expect(scores.length).toBeGreaterThan(0.97 * WIDTH * HEIGHT);
    const mean = scores.reduce((sum, z) => sum + z, 0) / scores.length;
    const rms = Math.sqrt(scores.reduce((sum, z) => sum + z * z, 0) / scores.length);
    // n is about 3000: sigma of the mean 0.018, of the rms 0.013; within a pixel the wall is not at one range.
    expect(Math.abs(mean)).toBeLessThan(0.15);
    expect(rms).toBeGreaterThan(0.9);
    expect(rms).toBeLessThan(1.1);
  },
);

const conditions: [string, (readonly [number, number])[]][] = [
  ["as the profile has it", []],
  ["with a fifth of the pulses", [[Reg.REG_PULSES_PER_GATE, 100]]],
  ["at 50 degC", [[Reg.REG_SIM_TEMPERATURE, 50_000]]],
  ["in a brighter room", [[Reg.REG_SIM_AMBIENT, 100_000]]],
];

test.each(conditions)(
  "the background that the firmware finds is the ambient light: %s",
  async (_, registers) => {
    const { reports, truth } = await run("wall:range=6", "inas-lidar-64x48", registers);
    let difference = 0;
    let pixels = 0;
    for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
      const found = decode(reports, pixel);
      if (found.flags & (PIXEL_BAD | PIXEL_SATURATED)) continue;
      difference += found.ambientE - truth.ambientE[pixel]!;
      pixels++;
    }
    // One pixel: about 20 e- of noise and 6 e- of calibration residue; 3000 of them: 0.4 e-. One LSB is 8 e-.
    expect(pixels).toBeGreaterThan(3000);
    expect(Math.abs(difference / pixels)).toBeLessThan(2.5);
  },
);
