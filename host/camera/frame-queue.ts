import type { CameraFrame } from "./frame.ts";

/** Frames between the transport and the reader. */
export class FrameQueue {
  #frames: CameraFrame[] = [];
  #error: Error | undefined;
  #wake: (() => void) | undefined;

  get length(): number {
    return this.#frames.length;
  }

  push(frames: readonly CameraFrame[]): void {
    if (frames.length === 0) return;
    this.#frames.push(...frames);
    this.#wake?.();
  }

  /** Frames that wait are still handed out; then every reader gets the error. */
  fail(error: Error): void {
    this.#error ??= error;
    this.#wake?.();
  }

  /** For a new acquisition. */
  clear(): void {
    this.#frames = [];
    this.#error = undefined;
  }

  /** The next frame, or undefined when none came within `timeoutMs` of wall time. Throws when the device is gone. */
  async next(timeoutMs: number): Promise<CameraFrame | undefined> {
    if (this.#frames.length === 0 && !this.#error) await this.#signal(timeoutMs);
    const frame = this.#frames.shift();
    if (!frame && this.#error) throw this.#error;
    return frame;
  }

  #signal(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
