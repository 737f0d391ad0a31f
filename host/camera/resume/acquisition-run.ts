import type { RegisterPort } from "../register-port.ts";

/** The acquisition that the device was told to start, for the case that it must be told again. */
export class AcquisitionRun {
  readonly #frameCount: number;
  #frames = 0;
  /** The device has said that it began. Until then, the request to start goes again by itself. */
  hasBegun = false;

  /** @param frameCount asked for, 0 = until stop. */
  constructor(frameCount: number) {
    this.#frameCount = frameCount;
  }

  /** A frame was delivered. */
  count(): void {
    this.#frames++;
  }

  /** Let a device take the frames that are left. */
  async restart(registers: RegisterPort): Promise<void> {
    const left = Math.max(0, this.#frameCount - this.#frames);
    if (this.#frameCount > 0 && left === 0) return;
    await registers.write("AcquisitionFrameCount", left);
    await registers.write("AcquisitionStart", 1);
  }
}
