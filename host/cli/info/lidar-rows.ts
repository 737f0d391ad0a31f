import { RANGE_M_PER_NS } from "../../../hw-profiles/derive/constants.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import type { LidarInfo } from "../../camera/camera-info.ts";
import { quantity } from "../text/table.ts";

export function rangeWindow({ readout }: LidarProfile): { min: number; max: number } {
  const metres = (t0Ns: number) => RANGE_M_PER_NS * (t0Ns - readout.timeOffsetNs);
  return { min: metres(readout.t0MinNs), max: metres(readout.t0MaxNs) };
}

export function lidarRows(info: LidarInfo, profile: LidarProfile): string[][] {
  const ms = (ns: number) => quantity(ns / 1e6, "ms");
  const delays = info.gateDelaysNs;
  const window = rangeWindow(profile);
  return [
    [
      "gates",
      `${info.gates} ${info.gating}, ${info.pulsesPerGate} pulses each, ` +
        `delays ${delays[0]}..${delays.at(-1)} ns, width ${info.gateWidthsNs[0]} ns`,
    ],
    ["gate time", ms(info.gateTimeNs)],
    ["plane read", ms(info.planeReadTimeNs)],
    [
      "frame time",
      `${ms(info.frameTimeNs)} = ${info.gates} gates x (${ms(info.gateTimeNs)} gate + ${ms(info.planeReadTimeNs)} plane read)`,
    ],
    ["frame rate", `${quantity(info.frameRateHz, "fps")} = 1 / frame time`],
    ["range window", `${window.min.toFixed(2)}..${window.max.toFixed(2)} m`],
    [
      "scales",
      `range ${quantity(info.rangeScaleM * 1000, "mm")}, sigma ${quantity(info.sigmaScaleM * 1000, "mm")}, ` +
        `amplitude ${quantity(info.amplitudeScaleE, "e-")}, ambient ${quantity(info.ambientScaleE, "e-")} a code`,
    ],
  ];
}
