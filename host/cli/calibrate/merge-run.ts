import { readFile } from "node:fs/promises";
import { calibrationText, parseCalibration } from "../../calibrate/calibration-file.ts";
import { mergeTemperatures } from "../../calibrate/merge-temperatures.ts";
import type { FittedValue } from "../../calibrate/tof-calibration.ts";
import { writeFileAtomically } from "../../save/write-file.ts";

/** @returns the activation energy that the two files tell. @throws CalibrationError */
export async function mergeFiles(first: string, second: string, out: string): Promise<FittedValue<"eV">> {
  const read = async (path: string) => parseCalibration(await readFile(path, "utf8"), path);
  const merged = mergeTemperatures(await read(first), await read(second));
  await writeFileAtomically(out, calibrationText(merged));
  return merged.activation!;
}
