import { PIXEL_BAD, PIXEL_INVALID, PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import { COMPONENT_FLAGS, COMPONENT_RANGE, COMPONENT_RAW } from "../../hw-profiles/interface/reports.ts";
import { median } from "../analysis/median.ts";
import type { DepthFrame } from "../camera/frame.ts";
import { CalibrationError } from "./calibration-error.ts";
import { choosePulses } from "./choose-pulses.ts";
import type { TargetCamera, TargetCapture } from "./target-capture.ts";
import type { TargetGeometry } from "./target-geometry.ts";

export interface CaptureRequest {
  readonly distanceM: number;
  readonly frames: number;
  readonly geometry: TargetGeometry;
  readonly saturationDn: number;
  readonly onFrame?: ((done: number) => void) | undefined;
}

/** Frames with lost reports that are taken again before the link counts as broken. */
const MAX_LOST_FRAMES = 5;
/** Share of the target's pixels that a capture must have left. */
const LEAST_USABLE = 0.2;
/** A target that is placed wrongly, m. Model errors of whole nanoseconds stay below. */
const MISPLACED_M = 1;

/**
 * Raw samples of a flat target at a known distance, at an exposure that saturates nothing: PulsesPerGate is chosen from test
 * frames and left as it is.
 * @throws CalibrationError when the target is out of the window, not there, too bright or elsewhere; CameraError.
 */
export async function captureTarget(camera: TargetCamera, request: CaptureRequest): Promise<TargetCapture> {
  const { distanceM, geometry, saturationDn } = request;
  geometry.requireInWindow(distanceM);
  await camera.registers.write("ComponentEnable", COMPONENT_RANGE | COMPONENT_FLAGS | COMPONENT_RAW);
  const rangesM = geometry.rangesM(distanceM);
  const isTarget = rangesM.map((rangeM) => (rangeM > 0 && geometry.isInWindow(rangeM) ? 1 : 0));
  const pulsesPerGate = await choosePulses(camera, { isTarget, saturationDn, distanceM });
  const sums = new CaptureSums(rangesM, Uint8Array.from(isTarget), saturationDn);
  const footprintsNs2 = geometry.footprintsNs2(distanceM);
  let lost = 0;
  while (sums.frames < request.frames) {
    for await (const frame of camera.depthFrames({ count: request.frames - sums.frames })) {
      if (!frame.integrity.complete) {
        if (++lost > MAX_LOST_FRAMES)
          throw new CalibrationError(
            `${camera.name}: found ${lost} frames with lost reports, expected whole ones; check the link`,
          );
        continue;
      }
      sums.add(frame);
      request.onFrame?.(sums.frames);
    }
  }
  return { ...sums.capture(distanceM, pulsesPerGate), footprintsNs2 };
}

class CaptureSums {
  frames = 0;
  readonly #rangesM: Float32Array;
  readonly #usable: Uint8Array;
  readonly #targets: number;
  readonly #saturationDn: number;
  #sumsDn = new Float32Array(0);
  #temperature = 0;
  readonly #errors: number[] = [];
  #saturated = 0;

  constructor(rangesM: Float32Array, usable: Uint8Array, saturationDn: number) {
    this.#rangesM = rangesM;
    this.#usable = usable;
    this.#targets = usable.reduce((sum, is) => sum + is, 0);
    this.#saturationDn = saturationDn;
  }

  add(frame: DepthFrame): void {
    const codes = frame.gatesDn!;
    const pixels = this.#usable.length;
    if (this.#sumsDn.length === 0) this.#sumsDn = new Float32Array(codes.length);
    for (let i = 0; i < codes.length; i++) {
      this.#sumsDn[i]! += codes[i]!;
      if (codes[i]! >= this.#saturationDn) this.#exclude(i % pixels, true);
    }
    for (let pixel = 0; pixel < pixels; pixel++) {
      const flags = frame.flags[pixel]!;
      if (flags & PIXEL_BAD) this.#exclude(pixel, false);
      if (this.#usable[pixel] === 0 || flags & (PIXEL_INVALID | PIXEL_SATURATED)) continue;
      this.#errors.push(frame.rangeM[pixel]! - this.#rangesM[pixel]!);
    }
    this.#temperature += frame.temperatureC;
    this.frames++;
  }

  capture(distanceM: number, pulsesPerGate: number): Omit<TargetCapture, "footprintsNs2"> {
    this.#requireUsable(distanceM);
    this.#requireInPlace(distanceM);
    const n = this.#errors.length;
    const mean = this.#errors.reduce((sum, error) => sum + error, 0) / n;
    const variance = this.#errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / n;
    return {
      distanceM,
      frames: this.frames,
      pulsesPerGate,
      temperatureC: this.#temperature / this.frames,
      sumsDn: this.#sumsDn,
      rangesM: this.#rangesM,
      usable: this.#usable,
      deviceBiasM: mean,
      deviceBiasSigmaM: Math.sqrt(variance / n),
    };
  }

  #exclude(pixel: number, isSaturated: boolean): void {
    if (isSaturated && this.#usable[pixel] === 1) this.#saturated++;
    this.#usable[pixel] = 0;
  }

  #requireUsable(distanceM: number): void {
    const usable = this.#usable.reduce((sum, is) => sum + is, 0);
    if (usable >= Math.max(1, LEAST_USABLE * this.#targets)) return;
    const why =
      this.#saturated > this.#targets / 2
        ? `${this.#saturated} of ${this.#targets} pixels saturated; use a darker target or a filter`
        : `${usable} of ${this.#targets} pixels that can be used; check target and region`;
    throw new CalibrationError(
      `target at ${distanceM} m: found ${why}; expected at least ${100 * LEAST_USABLE} %`,
    );
  }

  #requireInPlace(distanceM: number): void {
    const expected = Math.max(1, LEAST_USABLE * this.#targets * this.frames);
    if (this.#errors.length < expected)
      throw new CalibrationError(
        `target at ${distanceM} m: found returns in ${this.#errors.length} pixels of ${this.#targets * this.frames}, ` +
          "expected most of them; is there a target? Raise PulsesPerGate or take a brighter one",
      );
    const offM = median(this.#errors);
    if (Math.abs(offM) < MISPLACED_M) return;
    throw new CalibrationError(
      `target: found one near ${(distanceM + offM).toFixed(2)} m, expected it at ${distanceM} m; place it there, across the axis`,
    );
  }
}
