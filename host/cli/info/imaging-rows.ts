import type { ImagingInfo } from "../../camera/camera-info.ts";
import { quantity } from "../text/table.ts";

export function imagingRows(info: ImagingInfo): string[][] {
  const ms = (ns: number) => quantity(ns / 1e6, "ms");
  return [
    [
      "region",
      `${info.widthPx} x ${info.heightPx} at ${info.offsetX}, ${info.offsetY}; ` +
        `binning ${info.binningX} x ${info.binningY}, decimation ${info.decimationX} x ${info.decimationY}`,
    ],
    ["exposure", `${ms(info.exposureNs)}, ${info.shutter} shutter, analog gain ${quantity(info.gain, "x")}`],
    ["reads", `${info.readMode}, ${info.reads} a frame`],
    ["frame time", `${ms(info.frameTimeNs)}, shortest ${ms(info.minFrameTimeNs)}`],
    ["frame rate", `${quantity(info.frameRateHz, "fps")} = 1 / frame time`],
    [
      "scales",
      `intensity ${quantity(info.intensityScaleDn, "DN")}, sigma ${quantity(info.sigmaScaleDn, "DN")} a code`,
    ],
  ];
}
