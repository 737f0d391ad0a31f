import { MAX_GATES } from "../../hw-profiles/interface/abi.ts";
import { TIME_MAP_NS } from "../../hw-profiles/interface/memory-map.ts";
import { PIXEL_TIME_MAP_WORDS } from "../../hw-profiles/interface/registers.ts";
import type { Camera } from "../camera/camera.ts";
import type { RegisterPort } from "../camera/register-port.ts";
import { CalibrationError } from "./calibration-error.ts";
import { timeMapNs } from "./pixel-times.ts";
import type { TofCalibration } from "./tof-calibration.ts";

const PS_PER_NS = 1000;
const MILLI = 1000;
const PIXELS_PER_WINDOW = 2 * PIXEL_TIME_MAP_WORDS;
const [LOWEST, HIGHEST] = [-32_768, 32_767];

/**
 * Write a calibration into the device it was made on. From the next frame on its readout logic fits with the calibrated
 * response and takes the pixels' own times off. Not while frames are acquired.
 * @throws CalibrationError for another device's calibration; CameraError when the device refuses.
 */
export async function applyCalibration(
  camera: Pick<Camera, "name" | "registers">,
  calibration: TofCalibration,
): Promise<void> {
  const { registers } = camera;
  await requireSameDevice(registers, calibration);
  const { activation, gateDelays, parameters, temperatureC } = calibration;
  await registers.write("ResponseTau", parameters.tauNs.value);
  await registers.write("ResponseTailFraction", parameters.tailFraction.value);
  await registers.write("ResponseTailTau", parameters.tailTauNs.value);
  await registers.write("ResponseActivation", activation?.value ?? 0);
  await registers.write("ResponseTemperature", Math.round(MILLI * temperatureC));
  await registers.write("LaserPulseWidth", parameters.pulseWidthNs.value);
  await registers.write("RangeTimeOffset", parameters.timeOffsetNs.value);
  await registers.write("GateWidthCorrection", Math.round(PS_PER_NS * parameters.gateWidthNs.value));
  await registers.write("GateCorrectionStart", Math.round(PS_PER_NS * gateDelays.startNs));
  await registers.write("GateCorrectionStep", Math.max(1, Math.round(PS_PER_NS * gateDelays.stepNs)));
  await registers.write("GateDelayCorrection", delayPoints(gateDelays.correctionsNs));
  await writeTimeMap(registers, timeMapCodes(calibration));
}

async function requireSameDevice(registers: RegisterPort, calibration: TofCalibration): Promise<void> {
  const { pixelTimes, profile, serialNumber } = calibration;
  const width = await registers.readNumber("SensorWidth");
  const height = await registers.readNumber("SensorHeight");
  const found = [
    await registers.readText("DeviceModelName"),
    await registers.readText("DeviceSerialNumber"),
    `${width} x ${height}`,
  ];
  const expected = [profile, serialNumber, `${pixelTimes.width} x ${pixelTimes.height}`];
  if (found.every((text, i) => text === expected[i])) return;
  throw new CalibrationError(
    `calibration: found the device ${found.join(", ")}, expected ${expected.join(", ")}, on which it was made; ` +
      "calibrate this device, or take the file that belongs to it",
  );
}

/** The table of the device is longer: its last point is held. */
function delayPoints(correctionsNs: readonly number[]): number[] {
  const last = correctionsNs.at(-1) ?? 0;
  return Array.from({ length: MAX_GATES }, (_, i) => Math.round(PS_PER_NS * (correctionsNs[i] ?? last)));
}

/** What is taken off the return time of each pixel, TIME_MAP_NS a LSB. */
function timeMapCodes({ pixelTimes }: TofCalibration): Int16Array {
  const { columnsNs, height, pixels, rowsNs, scaleNs, width } = pixelTimes;
  const map = timeMapNs({
    rowsNs: rowsNs ?? new Array<number>(height).fill(0),
    columnsNs: columnsNs ?? new Array<number>(width).fill(0),
    pixelsNs: pixels === null ? new Float64Array(0) : decodePixels(pixels, scaleNs),
  });
  return Int16Array.from(map, (timeNs) =>
    Math.min(HIGHEST, Math.max(LOWEST, Math.round(timeNs / TIME_MAP_NS))),
  );
}

function decodePixels(base64: string, scaleNs: number): Float64Array {
  const text = atob(base64);
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 2 }, (_, i) => scaleNs * view.getInt16(2 * i, true));
}

/** A window at a time. A map of zeros is written as well: the device may have had another one. */
async function writeTimeMap(registers: RegisterPort, codes: Int16Array): Promise<void> {
  for (let first = 0; first < codes.length; first += PIXELS_PER_WINDOW) {
    await registers.write("PixelTimeMapIndex", first);
    await registers.write("PixelTimeMapData", windowWords(codes, first));
  }
}

function windowWords(codes: Int16Array, first: number): number[] {
  const half = (pixel: number) => (codes[pixel] ?? 0) & 0xffff;
  return Array.from(
    { length: PIXEL_TIME_MAP_WORDS },
    (_, word) => half(first + 2 * word) + 0x10000 * half(first + 2 * word + 1),
  );
}
