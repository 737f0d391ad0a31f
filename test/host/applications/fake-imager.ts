import type { RecordingCamera } from "../../../host/applications/heart-rate/record.ts";
import type { ImagingInfo } from "../../../host/camera/camera-info.ts";
import type { FramesOptions } from "../../../host/camera/camera-options.ts";
import type { ImagingFrame } from "../../../host/camera/frame.ts";
import { PIXEL_BAD, PIXEL_SATURATED } from "../../../hw-profiles/interface/pixel-flags.ts";

const CLOCK_HZ = 1e8;
const WHOLE = {
  complete: true,
  lostReports: 0,
  corruptedReports: 0,
  duplicatedReports: 0,
  reorderedReports: 0,
  droppedFrames: 0,
};

/** A camera of 16 x 8 pixels without a simulation behind it: light by time, losses by frame number. */
export class FakeImager implements RecordingCamera {
  readonly name = "fake:2";
  readonly written = new Map<string, number>();
  mode: "imaging" | "lidar" = "imaging";
  minFrameS = 0.001;
  saturatedPixels = 0;
  /** Frames that arrive damaged, and frames that the device drops. */
  readonly damaged = new Set<number>();
  readonly dropped = new Set<number>();
  light: (timeS: number) => number = () => 1000;
  readonly registers = {
    readNumber: async (name: string) => this.#read(name),
    write: async (name: string, value: unknown) => void this.written.set(name, Number(value)),
  };

  async info(): Promise<ImagingInfo> {
    const size = { widthPx: 16, heightPx: 8, offsetX: 0, offsetY: 0 };
    return { mode: this.mode, ...size, saturationDn: 3680, exposureNs: 1e6, rowTimeNs: 1e4 } as ImagingInfo;
  }

  async *imageFrames({ count = 0 }: FramesOptions = {}): AsyncGenerator<ImagingFrame, void, undefined> {
    const periodS = this.#periodS();
    for (let frameNumber = 0, sent = 0; sent < count; frameNumber++) {
      if (this.dropped.has(frameNumber)) continue;
      sent++;
      yield this.#frame(frameNumber, frameNumber * periodS);
    }
  }

  #frame(frameNumber: number, timeS: number): ImagingFrame {
    const [width, height] = [this.written.get("Width") ?? 16, this.written.get("Height") ?? 8];
    const light = this.light(timeS);
    const flags = new Uint8Array(width * height).fill(PIXEL_SATURATED, 1, 1 + this.saturatedPixels);
    flags[0] = PIXEL_BAD;
    // A bad pixel's value would spoil the mean.
    const intensityDn = new Float32Array(width * height).fill(light);
    intensityDn[0] = 1e6;
    const integrity = { ...WHOLE, complete: !this.damaged.has(frameNumber) };
    const facts = { kind: "image", frameNumber, timeNs: timeS * 1e9, exposureNs: 1e6 } as const;
    return { ...facts, width, height, flags, intensityDn, integrity } as ImagingFrame;
  }

  #read(name: string): number {
    if (name === "DeviceClockFrequency") return CLOCK_HZ;
    if (name === "MinFrameTime") return this.minFrameS * CLOCK_HZ;
    return this.#periodS() * CLOCK_HZ;
  }

  #periodS(): number {
    return 1000 / (this.written.get("AcquisitionFrameRate") ?? 60_000);
  }
}
