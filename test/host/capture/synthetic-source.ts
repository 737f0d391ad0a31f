import type { EmvaSource } from "../../../host/capture/emva/emva-source.ts";
import { Random } from "../../firmware/support/random.ts";
import {
  drawPatterns,
  expose,
  type Patterns,
  type SyntheticCamera,
} from "../../reference/emva/synthetic-camera.ts";

/** Exposures come in steps, as those of rows do. */
export const STEP_NS = 1000;

/** A synthetic camera under a lamp, as a sweep sees it. */
export class SyntheticSource implements EmvaSource {
  readonly bits: number;
  readonly width: number;
  readonly height: number;
  readonly saturationDn: number;
  readonly minExposureNs = STEP_NS;
  readonly patterns: Patterns;
  /** What was asked for, in order. */
  readonly calls: string[] = [];
  readonly #camera: SyntheticCamera;
  readonly #photonsPerS: number;
  readonly #random: Random;
  #exposureNs = STEP_NS;
  #isLit = false;

  constructor(camera: SyntheticCamera, photonsPerS: number, seed: number) {
    this.#camera = camera;
    this.#photonsPerS = photonsPerS;
    this.#random = new Random(seed);
    this.patterns = drawPatterns(camera, this.#random);
    this.bits = camera.bits;
    this.width = camera.width;
    this.height = camera.height;
    this.saturationDn = 0.95 * 2 ** camera.bits;
  }

  async setExposure(exposureNs: number): Promise<number> {
    this.#exposureNs = Math.max(Math.round(exposureNs / STEP_NS), 1) * STEP_NS;
    return this.#exposureNs;
  }

  async setLight(isOn: boolean): Promise<void> {
    this.calls.push(isOn ? "light" : "dark");
    this.#isLit = isOn;
  }

  async *take(frames: number): AsyncGenerator<Uint16Array, void, undefined> {
    const exposureNs = this.#exposureNs;
    this.calls.push(`${frames} at ${exposureNs}`);
    const photons = this.#isLit ? this.#photonsPerS * exposureNs * 1e-9 : 0;
    for (let i = 0; i < frames; i++)
      yield expose(this.#camera, this.patterns, { photons, exposureNs }, this.#random);
  }
}
