import { Camera } from "../../../host/camera/camera.ts";
import type { CameraFrame } from "../../../host/camera/frame.ts";
import type { SimTransportOptions } from "../../../host/transport/sim/sim-options.ts";
import { openSimTransport } from "../../../host/transport/sim/sim-transport.ts";
import type { Configuration } from "./configuration.ts";

/** The frames of a board whose link does nothing wrong, by number: what every other link must bring, or mark as missing. */
export class CleanRun {
  readonly #camera: Camera;
  readonly #frames: AsyncGenerator<CameraFrame>;
  readonly #known = new Map<number, CameraFrame>();
  readonly #keep: number;

  private constructor(camera: Camera, keep: number) {
    this.#camera = camera;
    this.#keep = keep;
    this.#frames = camera.frames();
  }

  /** @param keep frames that are remembered: how far back frame() may ask. */
  static async open(
    board: SimTransportOptions,
    configuration: Configuration,
    keep: number,
  ): Promise<CleanRun> {
    const camera = await Camera.open(await openSimTransport(board));
    for (const [register, value] of configuration) await camera.registers.write(register, value);
    return new CleanRun(camera, keep);
  }

  /** Grows while it works. */
  get reports(): number {
    return this.#camera.statistics().reports;
  }

  async frame(number: number): Promise<CameraFrame> {
    for (;;) {
      const known = this.#known.get(number);
      if (known !== undefined) return known;
      const { value } = await this.#frames.next();
      if (value === undefined || value.frameNumber > number || !value.integrity.complete)
        throw new Error(`the clean run has no frame ${number}`);
      this.#known.set(value.frameNumber, value);
      this.#known.delete(value.frameNumber - this.#keep);
    }
  }

  async close(): Promise<void> {
    await this.#frames.return(undefined);
    await this.#camera.close();
  }
}
