import { InvalidArgumentError } from "commander";
import { CAPTURE_FORMATS, type CaptureFormat } from "../../capture/capture-format.ts";
import type { DeviceOptions } from "../device/device-options.ts";

/** Part of the array, in output pixels. */
export interface Region {
  readonly width: number;
  readonly height: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

export interface CaptureOptions extends DeviceOptions {
  readonly out: string;
  readonly format: CaptureFormat;
  readonly frames?: number;
  readonly arrays?: readonly string[];
  readonly region?: Region;
  readonly points?: number;
  readonly stack?: number;
  readonly settle?: number;
  readonly wavelength?: number;
  readonly irradiance?: number;
  readonly json?: true;
}

export function captureFormat(text: string): CaptureFormat {
  const format = CAPTURE_FORMATS.find((name) => name === text);
  if (format !== undefined) return format;
  throw new InvalidArgumentError(
    `found ${JSON.stringify(text)}, expected one of ${CAPTURE_FORMATS.join(", ")}`,
  );
}

/** "320x240+16+8": width x height, and with +X+Y its first column and line. */
export function parseRegion(text: string): Region {
  const [, width, height, offsetX, offsetY] = /^(\d+)x(\d+)(?:\+(\d+)\+(\d+))?$/.exec(text) ?? [];
  const region = {
    width: Number(width),
    height: Number(height),
    offsetX: Number(offsetX ?? 0),
    offsetY: Number(offsetY ?? 0),
  };
  if (region.width > 0 && region.height > 0) return region;
  throw new InvalidArgumentError(`found ${JSON.stringify(text)}, expected WIDTHxHEIGHT or WIDTHxHEIGHT+X+Y`);
}
