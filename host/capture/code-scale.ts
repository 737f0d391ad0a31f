import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import type { CameraInfo } from "../camera/camera-info.ts";
import type { NpyArray } from "../save/npy.ts";

/** A value is (code - offset) x scale, in the array's unit. */
export interface CodeScale {
  readonly scale: number;
  readonly offset: number;
}

const MAX_CODE = 65_535;
const SIGN_OFFSET = 32_768;
const AS_IT_IS: CodeScale = { scale: 1, offset: 0 };
/** Depth pictures are commonly in millimetres. */
const RANGE_SCALE_M = 0.001;

/** What a 16-bit code means, by array: the device's own steps, so that nothing it sent is lost, and mm for ranges. */
export function codeScales(info: CameraInfo, profile: SensorProfile): ReadonlyMap<string, CodeScale> {
  const scales: [string, CodeScale][] =
    info.mode === "lidar"
      ? [
          ["range_m", { scale: RANGE_SCALE_M, offset: 0 }],
          ["sigma_m", { scale: info.sigmaScaleM, offset: 0 }],
          ["amplitude_e", { scale: info.amplitudeScaleE, offset: 0 }],
          ["ambient_e", { scale: info.ambientScaleE, offset: SIGN_OFFSET }],
        ]
      : [
          ["intensity_dn", { scale: info.intensityScaleDn, offset: intensityOffset(profile) }],
          ["sigma_dn", { scale: info.sigmaScaleDn, offset: 0 }],
        ];
  return new Map(scales);
}

function intensityOffset(profile: SensorProfile): number {
  return profile.mode === "imaging" ? profile.readout.intensityOffsetLsb : 0;
}

/** Scale of an array; those of whole numbers are written as they are. */
export function scaleOf(scales: ReadonlyMap<string, CodeScale>, name: string): CodeScale {
  return scales.get(name) ?? AS_IT_IS;
}

/** Values as codes, rounded; what does not fit, infinity included, becomes the first or last code. */
export function toCodes(values: NpyArray, { scale, offset }: CodeScale): Uint16Array {
  if (values instanceof Uint16Array) return values;
  return Uint16Array.from(values, (value) =>
    Math.min(Math.max(Math.round(value / scale) + offset, 0), MAX_CODE),
  );
}
