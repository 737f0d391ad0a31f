import {
  PIXEL_BAD,
  PIXEL_MISSING,
  PIXEL_REPLACED,
  PIXEL_SATURATED,
} from "../../../hw-profiles/interface/pixel-flags.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { fullWellE } from "../../analysis/noise-model.ts";
import type { Camera } from "../../camera/camera.ts";
import type { ImagingFrame } from "../../camera/frame.ts";
import { irradianceOf, photonsPerS } from "../../capture/emva/photons.ts";
import type { CameraOpener } from "../run/camera-opener.ts";

const NOT_MEASURED = PIXEL_BAD | PIXEL_MISSING | PIXEL_REPLACED | PIXEL_SATURATED;
/** Little of the full well, since the film's bias falls while the node fills. */
const FILL = 0.08;
const REGION_PX = 64;
const FRAMES = 8;
const THOROUGH_FRAMES = 32;
/** Left out after a change of the light: the film's traps remember. */
const SETTLE_FRAMES = 4;
const FULL_LIGHT = 1_000_000;

export interface ImagerReading {
  /** Electrons per photon on the sensitive area. */
  readonly eqe: number;
  /** Relative, from the scatter over the pixels. */
  readonly standardError: number;
  readonly dnPerPhoton: number;
  readonly gainEPerDn: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Quantum efficiency through the whole chain: light of a known irradiance on the sensor, codes of the camera with light less
 * those without, and the camera's own electrons per code.
 * @param expectedEqe sets the irradiance only.
 */
export async function measureImager(
  open: CameraOpener,
  profile: ImagingProfile,
  wavelengthNm: number,
  expectedEqe: number,
  { seed, thorough }: { readonly seed: number; readonly thorough: boolean },
): Promise<ImagerReading> {
  const frames = thorough ? THOROUGH_FRAMES : FRAMES;
  const { pitchUm, fillFactor } = profile.array;
  const exposureS = profile.exposure.exposureTimeUs * 1e-6;
  const photonsWanted = (FILL * fullWellE(profile)) / (expectedEqe * fillFactor * exposureS);
  const light = { irradianceWPerM2: irradianceOf(photonsWanted, wavelengthNm, pitchUm), wavelengthNm };
  const camera = await open(profile.name, light, seed);
  try {
    const info = await camera.info();
    if (info.mode !== "imaging")
      throw new Error(`${profile.name} sends ranges, expected a camera that sends pictures`);
    await centreRegion(camera, info.widthPx, info.heightPx);
    const lit = await meanCodes(camera, FULL_LIGHT, frames);
    const dark = await meanCodes(camera, 0, frames);
    const photons = photonsPerS(light, pitchUm) * lit.frame.exposureNs * 1e-9;
    const dnPerPhoton = (lit.mean - dark.mean) / photons;
    return {
      eqe: (dnPerPhoton * lit.frame.gainEPerDn) / fillFactor,
      standardError: Math.hypot(lit.error, dark.error) / (lit.mean - dark.mean),
      dnPerPhoton,
      gainEPerDn: lit.frame.gainEPerDn,
      widthPx: info.widthPx,
      heightPx: info.heightPx,
    };
  } finally {
    await camera.close();
  }
}

async function centreRegion({ registers }: Camera, widthPx: number, heightPx: number): Promise<void> {
  await registers.write("Width", Math.min(REGION_PX, widthPx));
  await registers.write("Height", Math.min(REGION_PX, heightPx));
  await registers.write("OffsetX", Math.max(0, Math.floor((widthPx - REGION_PX) / 2)));
  await registers.write("OffsetY", Math.max(0, Math.floor((heightPx - REGION_PX) / 2)));
}

async function meanCodes(camera: Camera, simLight: number, frames: number) {
  await camera.registers.write("SimLight", simLight);
  let [n, sum, squares, taken] = [0, 0, 0, 0];
  let last: ImagingFrame | undefined;
  for await (const frame of camera.imageFrames({ count: SETTLE_FRAMES + frames })) {
    last = frame;
    if (taken++ < SETTLE_FRAMES) continue;
    for (let i = 0; i < frame.flags.length; i++) {
      if ((frame.flags[i]! & NOT_MEASURED) !== 0) continue;
      const value = frame.intensityDn[i]!;
      n++;
      sum += value;
      squares += value * value;
    }
  }
  if (last === undefined || n === 0) throw new Error(`${camera.name} sent no usable pixels`);
  const mean = sum / n;
  // Patterns stay over the frames: pixels count, not samples.
  const error = Math.sqrt(Math.max(0, squares / n - mean * mean) / (n / frames));
  return { frame: last, mean, error };
}
