import { beforeAll, describe, expect, test } from "vitest";
import { applyCalibration } from "../../../host/calibrate/apply-calibration.ts";
import { CalibrationError } from "../../../host/calibrate/calibration-error.ts";
import { calibrationText, parseCalibration } from "../../../host/calibrate/calibration-file.ts";
import { mergeTemperatures } from "../../../host/calibrate/merge-temperatures.ts";
import type { TofCalibration } from "../../../host/calibrate/tof-calibration.ts";
import { openCamera } from "../../../host/open-camera.ts";
import { DEVICE, exampleCalibration } from "./example-calibration.ts";

const DEVIATION = { tauFactor: 1.1, biasLineNs: 0.5, pixelNs: 0.3 };
let calibration: TofCalibration;

beforeAll(async () => {
  calibration = await exampleCalibration(DEVIATION);
});

test("the same captures give the same bytes, and reading them gives the same calibration", async () => {
  const text = calibrationText(calibration);
  expect(calibrationText(await exampleCalibration(DEVIATION))).toBe(text);
  expect(parseCalibration(text, "file")).toEqual(calibration);
  expect(text).not.toMatch(/\d{4}-\d\d-\d\d/);
});

/** The file's content with one place changed. */
function changed(path: string, value: unknown): string {
  const copy = JSON.parse(calibrationText(calibration)) as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop()!;
  const holder = keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return JSON.stringify(copy);
}

test.each([
  ["format", "png", '"png" at format, expected "cqd-tof-calibration"'],
  ["version", 2, "2 at version, expected 1"],
  ["serialNumber", undefined, "nothing at serialNumber"],
  ["parameters.tauNs.value", null, "null at parameters.tauNs.value"],
  ["activation", 3, "3 at activation"],
  ["gateDelays.correctionsNs", [], "[] at gateDelays.correctionsNs"],
  ["gateDelays.stepNs", 0, "0 at gateDelays.stepNs"],
  ["pixelTimes.rowsNs", [1, 2], "[1,2] at pixelTimes.rowsNs, expected null or 48 numbers"],
  ["pixelTimes.pixels", "AAAA", "expected null or 6144 bytes in base64"],
  ["pixelTimes.pixels", "no base64!", "expected null or 6144 bytes in base64"],
  ["pixelTimes.width", 1e9, "1000000000 at pixelTimes.width"],
])("refuses a file whose %s is %j", (path, value, text) => {
  expect(() => parseCalibration(changed(path, value), "file.json")).toThrow(CalibrationError);
  expect(() => parseCalibration(changed(path, value), "file.json")).toThrow(
    `file.json: found ${text.startsWith("expected") ? "" : text}`,
  );
  expect(() => parseCalibration(changed(path, value), "file.json")).toThrow(text);
});

test.each(["", "{", "[]", "null", "7", '"text"'])("refuses %j as a file", (text) => {
  expect(() => parseCalibration(text, "file.json")).toThrow(CalibrationError);
});

test("a file that was cut off anywhere is refused", () => {
  const text = calibrationText(calibration).trimEnd();
  for (let length = 0; length < text.length; length += 97)
    expect(() => parseCalibration(text.slice(0, length), "file.json")).toThrow(CalibrationError);
});

describe("applied", () => {
  test("registers hold the calibration, and the map of every pixel's time reads back", async () => {
    const { camera } = await openCamera(DEVICE, { simulation: { deviation: DEVIATION }, calibration });
    const { registers } = camera;
    expect(await registers.readNumber("ResponseTau")).toBeCloseTo(calibration.parameters.tauNs.value, 4);
    expect(await registers.readNumber("LaserPulseWidth")).toBeCloseTo(
      calibration.parameters.pulseWidthNs.value,
      4,
    );
    const points = (await registers.read("GateDelayCorrection")) as readonly number[];
    expect(points[7]).toBe(Math.round(1000 * calibration.gateDelays.correctionsNs[7]!));
    const { columnsNs, pixels, rowsNs, scaleNs } = calibration.pixelTimes;
    expect(pixels).not.toBeNull();
    const own = new DataView(Uint8Array.from(atob(pixels!), (c) => c.charCodeAt(0)).buffer);
    for (const first of [0, 24 * 64 + 24, 48 * 64 - 24]) {
      await registers.write("PixelTimeMapIndex", first);
      const words = (await registers.read("PixelTimeMapData")) as readonly number[];
      const expectedNs =
        (rowsNs?.[Math.floor(first / 64)] ?? 0) +
        (columnsNs?.[first % 64] ?? 0) +
        scaleNs * own.getInt16(2 * first, true);
      expect((words[0]! << 16) >> 16).toBe(Math.round(1024 * expectedNs));
    }
    await camera.close();
  });

  test("another device's calibration is refused with both names, and the device is let go", async () => {
    const foreign = { ...calibration, serialNumber: "CQD-OTHER" };
    const { camera } = await openCamera(DEVICE);
    await expect(applyCalibration(camera, foreign)).rejects.toThrow(/CQD-INAS-0064.*expected .*CQD-OTHER/);
    await camera.close();
    await expect(openCamera(DEVICE, { calibration: foreign })).rejects.toThrow(CalibrationError);
    await expect(openCamera("sim:inas-imager-64x48", { calibration })).rejects.toThrow(CalibrationError);
  });

  test("a calibration of nothing takes the last one's map away", async () => {
    const { camera } = await openCamera(DEVICE, { calibration });
    const { pixelTimes } = calibration;
    await applyCalibration(camera, {
      ...calibration,
      pixelTimes: { ...pixelTimes, rowsNs: null, columnsNs: null, pixels: null },
    });
    await camera.registers.write("PixelTimeMapIndex", 640);
    expect(await camera.registers.read("PixelTimeMapData")).toEqual(new Array<number>(12).fill(0));
    await camera.close();
  });
});

describe("two temperatures", () => {
  const at = (temperatureC: number, tauNs: number): TofCalibration => ({
    ...calibration,
    temperatureC,
    parameters: { ...calibration.parameters, tauNs: { value: tauNs, sigma: 0.003, unit: "ns" } },
  });

  test("give the activation energy that lies between them, with its error", () => {
    const warmTau = 30 * Math.exp((0.02 / 8.617333262e-5) * (1 / 333.15 - 1 / 308.15));
    const { activation } = mergeTemperatures(at(35, 30), at(60, warmTau));
    expect(activation?.value).toBeCloseTo(0.02, 6);
    const inverse = (1 / 308.15 - 1 / 333.15) / 8.617333262e-5;
    expect(activation?.sigma).toBeCloseTo(Math.hypot(0.003 / 30, 0.003 / warmTau) / inverse, 8);
  });

  test("of a film that gets slower as it warms give none", () => {
    expect(mergeTemperatures(at(35, 30), at(60, 31)).activation?.value).toBe(0);
  });

  test("must be apart, and of one device", () => {
    expect(() => mergeTemperatures(at(35, 30), at(38, 30))).toThrow("found 3.0 K between");
    expect(() => mergeTemperatures(at(35, 30), { ...at(60, 29), serialNumber: "X" })).toThrow(
      "two of the same device",
    );
  });
});
