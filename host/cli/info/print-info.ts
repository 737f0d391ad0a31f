import type { SensorProfile } from "../../../hw-profiles/sensor-profile.ts";
import { fullWellE, resetNoiseE } from "../../analysis/noise-model.ts";
import type { CameraInfo } from "../../camera/camera-info.ts";
import type { FirmwareIdentity } from "../device/firmware-identity.ts";
import { quantity, table } from "../text/table.ts";
import { bold, printJson, printLine } from "../text/terminal.ts";
import { imagingRows } from "./imaging-rows.ts";
import { lidarRows, rangeWindow } from "./lidar-rows.ts";

export interface DeviceFacts {
  readonly info: CameraInfo;
  readonly profile: SensorProfile;
  readonly firmware: FirmwareIdentity | undefined;
}

/** rms of one sample in electrons, and what it is made of. */
export interface NoiseFacts {
  readonly resetNoiseE: number;
  readonly readNoiseE: number;
  readonly quantisationNoiseE: number;
  readonly sampleNoiseE: number;
  readonly fullWellE: number;
}

export function printInfo(facts: DeviceFacts, json: boolean): void {
  const { firmware, info, profile } = facts;
  const noise = noiseOf(info, profile);
  const window = profile.mode === "lidar" ? { rangeWindowM: rangeWindow(profile) } : {};
  if (json) {
    printJson({ ...info, profile: profile.name, title: profile.title, firmware, noise, ...window });
    return;
  }
  printLine(`${bold(profile.name)}  ${profile.title}`);
  for (const line of table(rowsOf(facts, noise))) printLine(line);
}

function noiseOf({ gainEPerDn, temperatureC }: CameraInfo, profile: SensorProfile): NoiseFacts {
  const reset = resetNoiseE(profile, temperatureC);
  const read = profile.pixel.readNoiseE;
  const quantisation = gainEPerDn / Math.sqrt(12);
  return {
    resetNoiseE: reset,
    readNoiseE: read,
    quantisationNoiseE: quantisation,
    sampleNoiseE: Math.hypot(reset, read, quantisation),
    fullWellE: fullWellE(profile),
  };
}

function rowsOf({ firmware, info, profile }: DeviceFacts, noise: NoiseFacts): string[][] {
  const module = firmware ? `, ${firmware.bytes} bytes, sha256 ${firmware.sha256}` : "";
  return [
    ["device", `${info.device}, ${info.vendor} ${info.model}, serial ${info.serialNumber}`],
    ["firmware", `${info.firmwareVersion}, ABI ${info.abiVersion}${module}`],
    [
      "array",
      `${profile.array.widthPx} x ${profile.array.heightPx} px, pitch ${profile.array.pitchUm} um, ${profile.detector.material}`,
    ],
    ["clock", quantity(info.clockHz / 1e6, "MHz")],
    ["row time", quantity(info.rowTimeNs / 1e3, "us")],
    ...modeRows(info, profile),
    [
      "noise",
      `${quantity(noise.sampleNoiseE, "e- rms a sample")} (reset ${quantity(noise.resetNoiseE, "e-")}, ` +
        `read ${quantity(noise.readNoiseE, "e-")}, quantisation ${quantity(noise.quantisationNoiseE, "e-")})`,
    ],
    [
      "full well",
      `${quantity(noise.fullWellE, "e-")}, ${quantity(info.gainEPerDn, "e-/DN")}, saturated from ${info.saturationDn} DN`,
    ],
    ["temperature", quantity(info.temperatureC, "degC")],
  ];
}

function modeRows(info: CameraInfo, profile: SensorProfile): string[][] {
  if (info.mode === "imaging") return imagingRows(info);
  return profile.mode === "lidar" ? lidarRows(info, profile) : [];
}
