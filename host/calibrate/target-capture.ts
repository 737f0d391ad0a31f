import type { Camera } from "../camera/camera.ts";

/** What a capture uses of a camera. */
export type TargetCamera = Pick<Camera, "name" | "depthFrames" | "registers">;

/** A flat target at a known distance as the device saw it, frames added up. */
export interface TargetCapture {
  /** From the camera to the target's plane, along the axis. */
  readonly distanceM: number;
  readonly frames: number;
  readonly pulsesPerGate: number;
  readonly temperatureC: number;
  /** Codes summed over the frames, [gate][pixel]. */
  readonly sumsDn: Float32Array;
  /** Known radial range of each pixel, m. */
  readonly rangesM: Float32Array;
  /** Variance of the return times over what each pixel sees of the target, ns^2. */
  readonly footprintsNs2: Float32Array;
  /** 1: neither saturated nor a defect, and its range within the window. */
  readonly usable: Uint8Array;
  /** Mean over usable pixels and frames of the device's own range - known range, m. */
  readonly deviceBiasM: number;
  /** Standard error of it, m. */
  readonly deviceBiasSigmaM: number;
}

/** What turns codes into electrons. */
export interface CodeScale {
  readonly gainEPerDn: number;
  readonly pedestalDn: number;
  /** Variance of one sample besides shot noise, e-^2. */
  readonly noiseVarianceE2: number;
}
