import { describe, expect, test } from "vitest";
import type { Camera } from "../../host/camera/camera.ts";
import type { ImagingFrame } from "../../host/camera/frame.ts";
import { sceneOf, simulatedSource } from "../../host/cli/capture/even-source.ts";
import { openCamera } from "../../host/open-camera.ts";
import { READ_CDS, READ_RAMP, READ_SINGLE } from "../../hw-profiles/interface/memory-map.ts";
import { PIXEL_MISFIT } from "../../hw-profiles/interface/pixel-flags.ts";
import { loadImagingProfile } from "../../hw-profiles/load/load-profile.ts";

const PROFILES = ["inas-imager-320x240", "imec-3t-768x512", "emberion-640x512", "hgte-1280x1024"];
const MODES = [
  ["single", READ_SINGLE, 1],
  ["CDS", READ_CDS, 2],
  ["ramp of 4", READ_RAMP, 4],
] as const;
const WIDTH = 128;
const HEIGHT = 64;
const PAIRS = 3;
/** Lag of what was exposed before fades. */
const SETTLING_FRAMES = 2;
/** The default light fills a pixel in so many exposures. */
const FILL_EXPOSURES = 1.5;
/** A threshold of 4.5 sigma and telegraph noise flag 0.02 to 0.05 % of ramps; the rest is four standard errors. */
const MOST_FALSE_JUMPS = 1e-3;

function scene(name: string, fill: number): string {
  const light = simulatedSource(loadImagingProfile(name), {});
  return sceneOf({ ...light, irradianceWPerM2: fill * FILL_EXPOSURES * light.irradianceWPerM2 });
}

interface Found {
  /** Rms of the difference of two frames over the sigma stated for it, over the pixels without any flag. */
  readonly pull: number;
  /** Share of pixels with a jump in their ramp. */
  readonly jumps: number;
}

async function measure({
  imageFrames,
  registers,
}: Pick<Camera, "imageFrames" | "registers">): Promise<Found> {
  await registers.write("Width", WIDTH);
  await registers.write("Height", HEIGHT);
  const count = SETTLING_FRAMES + 2 * PAIRS;
  const frames: ImagingFrame[] = [];
  for await (const frame of imageFrames({ count })) frames.push(frame);
  let sum = 0;
  let pixels = 0;
  for (let i = SETTLING_FRAMES; i < count; i += 2) {
    const [a, b] = [frames[i]!, frames[i + 1]!];
    for (let at = 0; at < WIDTH * HEIGHT; at++) {
      if (a.flags[at] !== 0 || b.flags[at] !== 0) continue;
      sum += (a.intensityDn[at]! - b.intensityDn[at]!) ** 2 / (a.sigmaDn[at]! ** 2 + b.sigmaDn[at]! ** 2);
      pixels++;
    }
  }
  expect(pixels).toBeGreaterThan(0.4 * PAIRS * WIDTH * HEIGHT);
  const flags = frames.slice(SETTLING_FRAMES).flatMap((frame) => [...frame.flags]);
  const jumped = flags.filter((flag) => (flag & PIXEL_MISFIT) !== 0).length;
  return { pull: Math.sqrt(sum / pixels), jumps: jumped / flags.length };
}

// Every effect is on: flicker, telegraph noise and lag too. n = 10 000 to 24 600 differences: the pull has a standard deviation
// of 1 / sqrt(2 n), 0.5 to 0.7 %; nothing is left out of sigma by more than 5 %.
describe.each(PROFILES)("%s: the stated sigma is honest at the profile's own exposure", (name) => {
  test.each([
    ["in the dark", "dark"],
    ["under light for three tenths of the well", scene(name, 0.3)],
    ["under light for four fifths of the well", scene(name, 0.8)],
  ])("%s", async (_, light) => {
    const { camera } = await openCamera(`sim:${name}`, { simulation: { scene: light, seed: 3, threads: 0 } });
    for (const [mode, readMode, reads] of MODES) {
      await camera.registers.write("AcquisitionFrameRate", 1000);
      if (readMode === READ_RAMP) await camera.registers.write("ReadCount", reads);
      await camera.registers.write("ReadMode", readMode);
      const { jumps, pull } = await measure({
        imageFrames: (options) => camera.imageFrames(options),
        registers: camera.registers,
      });
      expect(pull, mode).toBeGreaterThan(0.95);
      expect(pull, mode).toBeLessThan(1.05);
      expect(jumps, mode).toBeLessThan(MOST_FALSE_JUMPS);
    }
    await camera.close();
  });
});
