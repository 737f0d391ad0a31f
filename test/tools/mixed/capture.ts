import type { DepthFrame } from "../../../host/camera/frame.ts";
import { type RayTable, rayTable } from "../../../host/geometry/ray-table.ts";
import { openCamera } from "../../../host/open-camera.ts";
import type { FrameTruth } from "../../../host/transport/transport.ts";
import { COMPONENT_SPREAD } from "../../../hw-profiles/interface/reports.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";

/** One frame of a scene that the simulated sensor images, and its truth. */
export interface MixedCase {
  readonly name: string;
  readonly profile: string;
  readonly scene: string;
  /** Peak power of the laser over the profile's. */
  readonly light: number;
  /** Sunlight, as a fraction of the full sun. */
  readonly sun: number;
}

export interface Captured {
  readonly frame: DepthFrame;
  readonly truth: FrameTruth;
  readonly sight: RayTable;
  /** The farthest range that the sensor's window covers, m. */
  readonly farthestM: number;
}

/** 64 rays a pixel: truth and light come from the same ones. */
const RAYS_PER_SIDE = 8;
const LIGHT_M_PER_NS = 0.299792458;

export async function capture({ light, profile: name, scene, sun }: MixedCase): Promise<Captured> {
  const profile = changedProfile(loadLidarProfile(name), light, sun);
  const simulation = { profile, scene, seed: 1, raysPerSide: RAYS_PER_SIDE, truth: true };
  const { camera, truth } = await openCamera("sim", { simulation });
  try {
    const components = await camera.registers.readNumber("ComponentEnable");
    await camera.registers.write("ComponentEnable", components | COMPONENT_SPREAD);
    for await (const frame of camera.depthFrames({ count: 1 })) {
      const found = await truth?.truth(frame.frameNumber);
      if (found === undefined) throw new Error(`${scene}: the truth of frame ${frame.frameNumber} is gone`);
      const sight = rayTable(profile.optics, frame.width, frame.height);
      const farthestM = (LIGHT_M_PER_NS / 2) * profile.readout.t0MaxNs;
      return { frame, truth: found, sight, farthestM };
    }
    throw new Error(`${scene}: no frame came`);
  } finally {
    await camera.close();
  }
}

function changedProfile(profile: LidarProfile, light: number, sun: number): LidarProfile {
  return {
    ...profile,
    emitter: { ...profile.emitter, peakPowerW: light * profile.emitter.peakPowerW },
    environment: { ...profile.environment, ambientSun: sun },
  };
}
