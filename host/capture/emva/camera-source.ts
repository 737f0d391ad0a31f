import { READ_SINGLE } from "../../../hw-profiles/interface/memory-map.ts";
import { SHUTTER_ROLLING } from "../../../hw-profiles/interface/registers.ts";
import { COMPONENT_RAW } from "../../../hw-profiles/interface/reports.ts";
import type { Camera } from "../../camera/camera.ts";
import type { ImagingInfo } from "../../camera/camera-info.ts";
import type { ImagingFrame } from "../../camera/frame.ts";
import type { RegisterPort } from "../../camera/register-port.ts";
import { EmvaError, type EmvaSource } from "./emva-source.ts";

/** Frames with lost reports that are taken again before the link counts as broken. */
const MAX_LOST_FRAMES = 5;
const NS_PER_S = 1e9;
const MHZ_PER_HZ = 1000;
/** Row times that the frame is longer than exposure and readout need. */
const SPARE_ROWS = 2;

/** What a sweep uses of a camera. */
export type SweepCamera = Pick<Camera, "name" | "info" | "imageFrames"> & {
  readonly registers: Pick<RegisterPort, "readNumber" | "write">;
};

/** An imaging camera, set to single reads with a rolling shutter, as the source of a sweep. */
export class CameraSource implements EmvaSource {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly saturationDn: number;
  readonly minExposureNs: number;
  /** The exposure that was set before. */
  readonly startExposureNs: number;
  readonly #camera: SweepCamera;
  readonly #lamp: (isOn: boolean) => Promise<void>;
  readonly #rowTimeNs: number;
  #exposureNs: number;

  private constructor(
    camera: SweepCamera,
    lamp: (isOn: boolean) => Promise<void>,
    info: ImagingInfo,
    bits: number,
  ) {
    this.#camera = camera;
    this.#lamp = lamp;
    this.width = info.widthPx;
    this.height = info.heightPx;
    this.bits = bits;
    this.saturationDn = info.saturationDn;
    this.startExposureNs = info.exposureNs;
    this.minExposureNs = info.rowTimeNs;
    this.#rowTimeNs = info.rowTimeNs;
    this.#exposureNs = info.exposureNs;
  }

  /**
   * Set the camera up. The raw codes of one read are all that is sent: no correction of the readout logic touches them.
   * @throws EmvaError when it sends no pictures, CameraError when it refuses.
   */
  static async open(
    camera: SweepCamera,
    lamp: (isOn: boolean) => Promise<void>,
    bits: number,
  ): Promise<CameraSource> {
    const { registers } = camera;
    const { mode } = await camera.info();
    if (mode !== "imaging")
      throw new EmvaError(`${camera.name} sends ranges, expected a camera that sends pictures`);
    await registers.write("ReadMode", READ_SINGLE);
    await registers.write("SensorShutterMode", SHUTTER_ROLLING);
    await registers.write("TriggerMode", 0);
    await registers.write("ComponentEnable", COMPONENT_RAW);
    const info = await camera.info();
    if (info.mode !== "imaging") throw new EmvaError(`${camera.name} has changed its mode`);
    return new CameraSource(camera, lamp, info, bits);
  }

  setLight(isOn: boolean): Promise<void> {
    return this.#lamp(isOn);
  }

  /** The frame is made long enough first: an exposure must end before the next one's reset. */
  async setExposure(exposureNs: number): Promise<number> {
    const { registers } = this.#camera;
    const clockHz = await registers.readNumber("DeviceClockFrequency");
    const minFrameNs = ((await registers.readNumber("MinFrameTime")) / clockHz) * NS_PER_S;
    const frameNs = minFrameNs + exposureNs + SPARE_ROWS * this.#rowTimeNs;
    await registers.write("AcquisitionFrameRate", Math.max(1, Math.floor((MHZ_PER_HZ * NS_PER_S) / frameNs)));
    await registers.write("ExposureTime", Math.round(exposureNs));
    this.#exposureNs = await registers.readNumber("ExposureTime");
    return this.#exposureNs;
  }

  async *take(frames: number): AsyncGenerator<Uint16Array, void, undefined> {
    let taken = 0;
    let lost = 0;
    while (taken < frames) {
      const before = taken + lost;
      for await (const frame of this.#camera.imageFrames({ count: frames - taken })) {
        const codes = this.#wholeCodes(frame);
        if (codes) {
          taken++;
          yield codes;
        } else {
          lost++;
        }
      }
      if (lost > MAX_LOST_FRAMES || taken + lost === before)
        throw new EmvaError(
          `found ${taken} whole frames and ${lost} with losses, expected ${frames}; check the link`,
        );
    }
  }

  /** Undefined when a part of the frame was lost. */
  #wholeCodes({ exposureNs, integrity, readsDn }: ImagingFrame): Uint16Array | undefined {
    if (!integrity.complete) return undefined;
    if (exposureNs !== this.#exposureNs)
      throw new EmvaError(
        `found a frame of ${exposureNs} ns, expected ${this.#exposureNs} ns as ExposureTime says`,
      );
    return readsDn;
  }
}
