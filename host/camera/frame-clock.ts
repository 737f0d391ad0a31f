import type { CameraFrame } from "./frame.ts";

/** Frame rates: by the device's own clock, and by the wall clock of the host. They are never mixed. */
export class FrameClock {
  readonly #nowMs: () => number;
  #frames = 0;
  #firstFrame: CameraFrame | undefined;
  #lastFrame: CameraFrame | undefined;
  #startedMs = 0;
  #lastMs = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  start(): void {
    this.#frames = 0;
    this.#firstFrame = undefined;
    this.#lastFrame = undefined;
    this.#startedMs = this.#nowMs();
    this.#lastMs = this.#startedMs;
  }

  count(frame: CameraFrame): void {
    this.#firstFrame ??= frame;
    this.#lastFrame = frame;
    this.#frames++;
    this.#lastMs = this.#nowMs();
  }

  /** Frames that the device started per second of device time, dropped ones included. Needs two frames. */
  get deviceFps(): number | undefined {
    const first = this.#firstFrame;
    const last = this.#lastFrame;
    if (!first || !last || last.startCycle <= first.startCycle) return undefined;
    const seconds = Number(last.startCycle - first.startCycle) / last.clockHz;
    return ((last.frameNumber - first.frameNumber) >>> 0) / seconds;
  }

  /** Frames received per second of wall time since the acquisition started. */
  get wallFps(): number | undefined {
    const elapsedMs = this.#lastMs - this.#startedMs;
    return elapsedMs > 0 ? (this.#frames / elapsedMs) * 1000 : undefined;
  }
}
