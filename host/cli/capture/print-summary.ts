import { sizeText } from "../../trace/trace-size.ts";
import { printLine } from "../text/terminal.ts";
import type { EmvaRunSummary } from "./emva-run.ts";
import type { CaptureSummary } from "./run-capture.ts";

export function printSummary(summary: CaptureSummary): void {
  if (summary.format === "emva") {
    printEmva(summary);
    return;
  }
  const { bytes, files, frames, index, interrupted } = summary;
  printLine(`${frames} ${frames === 1 ? "frame" : "frames"} in ${files} files, ${sizeText(bytes)}: ${index}`);
  if (interrupted) printLine("interrupted: the files are whole, frames are missing");
}

function printEmva(summary: EmvaRunSummary): void {
  const { bytes, exposuresNs, height, images, irradianceWPerM2, photonsPerS, wavelengthNm, width } = summary;
  printLine(
    `light: ${irradianceWPerM2} W/m2 of ${wavelengthNm} nm, ${photonsPerS.toPrecision(6)} photons/s a pixel`,
  );
  printLine(
    `${exposuresNs.length} exposures up to ${milliseconds(exposuresNs.at(-1) ?? 0)}, stacks at ` +
      `${milliseconds(summary.spatialExposureNs)}; ${images} images of ${width} x ${height}, ${sizeText(bytes)}`,
  );
  printLine(summary.descriptor ?? "interrupted: the images are whole, the data set is not; no descriptor");
}

function milliseconds(ns: number): string {
  return `${(ns / 1e6).toPrecision(4)} ms`;
}
