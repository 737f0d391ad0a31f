import { CameraError } from "../../../host/camera/camera-error.ts";
import type { ImagingInfo } from "../../../host/camera/camera-info.ts";
import type { ImagingFrame } from "../../../host/camera/frame.ts";
import type { SweepCamera } from "../../../host/capture/emva/camera-source.ts";

export const ROW_NS = 10_000;
const CLOCK_HZ = 100_000_000;
const READ_OUT_ROWS = 100;
const CYCLES_PER_ROW = 1000;

const COUNTERS = { validPixels: 4, noReturn: 0, lowSignal: 0, saturated: 0, misfit: 0, bad: 0, window: 0 };
const WHOLE = {
  complete: true,
  lostReports: 0,
  corruptedReports: 0,
  duplicatedReports: 0,
  reorderedReports: 0,
  droppedFrames: 0,
};

/** A camera of 2 x 2 pixels that refuses what a rolling shutter cannot do: an exposure as long as the frame. */
export class FakeCamera implements SweepCamera {
  readonly name = "fake:1";
  readonly written: string[] = [];
  readonly registers = {
    readNumber: async (name: string) => this.#read(name),
    write: async (name: string, value: unknown) => this.#write(name, Number(value)),
  };
  /** Frames that lose reports, by number. */
  readonly damaged = new Set<number>();
  mode: "imaging" | "lidar" = "imaging";
  /** The camera ends early after this many frames of a run. */
  endsAfter = Number.POSITIVE_INFINITY;
  /** What frames say beyond the register. */
  extraNs = 0;
  #exposureRows = 500;
  #frameRows = 1000;
  #frames = 0;

  async info(): Promise<ImagingInfo> {
    const info = { mode: this.mode, widthPx: 2, heightPx: 2, saturationDn: 3680 };
    return { ...info, exposureNs: this.#exposureRows * ROW_NS, rowTimeNs: ROW_NS } as ImagingInfo;
  }

  async *imageFrames({ count = 1 } = {}): AsyncGenerator<ImagingFrame, void, undefined> {
    for (let i = 0; i < Math.min(count, this.endsAfter); i++) {
      const frameNumber = this.#frames++;
      const complete = !this.damaged.has(frameNumber);
      yield {
        kind: "image",
        frameNumber,
        exposureNs: this.#exposureRows * ROW_NS + this.extraNs,
        readsDn: Uint16Array.of(frameNumber, 1, 2, 3),
        integrity: { ...WHOLE, complete },
        counters: COUNTERS,
      } as ImagingFrame;
    }
  }

  #read(name: string): number {
    if (name === "DeviceClockFrequency") return CLOCK_HZ;
    if (name === "MinFrameTime") return Math.max(READ_OUT_ROWS, this.#exposureRows + 1) * CYCLES_PER_ROW;
    if (name === "ExposureTime") return this.#exposureRows * ROW_NS;
    throw new CameraError("register", name);
  }

  #write(name: string, value: number): void {
    this.written.push(`${name} ${value}`);
    const shortest = Math.max(READ_OUT_ROWS, this.#exposureRows + 1);
    if (name === "AcquisitionFrameRate") {
      this.#frameRows = Math.round(1e12 / value / ROW_NS);
      if (this.#frameRows < shortest) throw new CameraError("device", `frame of ${this.#frameRows} rows`);
    }
    if (name === "ExposureTime") {
      this.#exposureRows = Math.max(1, Math.round(value / ROW_NS));
      if (this.#exposureRows >= this.#frameRows) throw new CameraError("device", "exposure beyond the frame");
    }
  }
}
