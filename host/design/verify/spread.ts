import { PIXEL_BAD, PIXEL_INVALID, PIXEL_SATURATED } from "../../../hw-profiles/interface/pixel-flags.ts";
import type { DepthFrame } from "../../camera/frame.ts";
import type { Measurement } from "./cells.ts";

/** Collects the ranges of frames that look at a wall which is everywhere equally far. */
export class Spread {
  readonly #trueM: number;
  #pixels = 0;
  #detected = 0;
  #saturated = 0;
  #sum = 0;
  #squares = 0;

  constructor(trueM: number) {
    this.#trueM = trueM;
  }

  add(frame: DepthFrame): void {
    const { flags, rangeM } = frame;
    for (let i = 0; i < flags.length; i++) {
      const flag = flags[i]!;
      if (flag & PIXEL_BAD) continue;
      this.#pixels++;
      if (flag & PIXEL_SATURATED) this.#saturated++;
      if (flag & PIXEL_INVALID) continue;
      const error = rangeM[i]! - this.#trueM;
      this.#detected++;
      this.#sum += error;
      this.#squares += error * error;
    }
  }

  result(): Measurement {
    const n = this.#detected;
    const biasM = this.#sum / n;
    return {
      pixels: this.#pixels,
      detected: n,
      saturated: this.#saturated,
      biasM,
      sigmaM: Math.sqrt(Math.max(0, this.#squares / n - biasM * biasM)),
    };
  }
}
