import { MAX_GATES } from "../../hw-profiles/interface/abi.ts";
import { CalibrationError } from "./calibration-error.ts";
import { SCALAR_NAMES } from "./fit-parameters.ts";
import { CALIBRATION_FORMAT, CALIBRATION_VERSION, type TofCalibration } from "./tof-calibration.ts";

/** The file's text. */
export function calibrationText(calibration: TofCalibration): string {
  return `${JSON.stringify(calibration, null, 2)}\n`;
}

/**
 * A calibration from the text of its file.
 * @param name of the file, for messages.
 * @throws CalibrationError for anything that is not a whole calibration of this version.
 */
export function parseCalibration(text: string, name: string): TofCalibration {
  const content = new Content(parseJson(text, name), name);
  content.require("format", (value) => value === CALIBRATION_FORMAT, JSON.stringify(CALIBRATION_FORMAT));
  content.require("version", (value) => value === CALIBRATION_VERSION, `${CALIBRATION_VERSION}`);
  for (const path of ["profile", "serialNumber"]) content.require(path, isText, "a name");
  content.require("temperatureC", isNumber, "degrees Celsius");
  for (const scalar of SCALAR_NAMES) content.require(`parameters.${scalar}.value`, isNumber, "a number");
  content.require(
    "activation",
    (value) => value === null || isNumber(content.at("activation.value")),
    "null or an energy",
  );
  content.require("gateDelays.startNs", isNumber, "a number of ns");
  content.require("gateDelays.stepNs", (value) => isNumber(value) && value > 0, "a number of ns above 0");
  content.require(
    "gateDelays.correctionsNs",
    (value) => isNumbers(value) && value.length >= 1 && value.length <= MAX_GATES,
    `1 to ${MAX_GATES} numbers of ns`,
  );
  requirePixelTimes(content);
  return content.root as TofCalibration;
}

function requirePixelTimes(content: Content): void {
  content.require("pixelTimes.scaleNs", (value) => isNumber(value) && value > 0, "a number of ns above 0");
  const [width, height] = ["width", "height"].map((side) => {
    content.require(`pixelTimes.${side}`, isCount, "a number of pixels");
    return Number(content.at(`pixelTimes.${side}`));
  });
  const parts = [
    ["rowsNs", height!],
    ["columnsNs", width!],
  ] as const;
  for (const [part, length] of parts)
    content.require(
      `pixelTimes.${part}`,
      (value) => value === null || (isNumbers(value) && value.length === length),
      `null or ${length} numbers of ns`,
    );
  const bytes = 2 * width! * height!;
  content.require(
    "pixelTimes.pixels",
    (value) => value === null || (typeof value === "string" && base64Bytes(value) === bytes),
    `null or ${bytes} bytes in base64`,
  );
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CalibrationError(
      `${name}: found no whole JSON (${reason}), expected a file of \`cqd calibrate tof\`; make it again`,
    );
  }
}

class Content {
  readonly root: unknown;
  readonly #name: string;

  constructor(root: unknown, name: string) {
    this.root = root;
    this.#name = name;
  }

  at(path: string): unknown {
    return path.split(".").reduce<unknown>((value, key) => {
      const isObject = typeof value === "object" && value !== null && Object.hasOwn(value, key);
      return isObject ? Reflect.get(value, key) : undefined;
    }, this.root);
  }

  require(path: string, accepts: (value: unknown) => boolean, expected: string): void {
    const value = this.at(path);
    if (accepts(value)) return;
    const found = value === undefined ? "nothing" : JSON.stringify(value).slice(0, 60);
    throw new CalibrationError(
      `${this.#name}: found ${found} at ${path}, expected ${expected}; make the file again with \`cqd calibrate tof\``,
    );
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(isNumber);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

const MOST_PIXELS = 65_536;

function isCount(value: unknown): boolean {
  return isNumber(value) && Number.isInteger(value) && value >= 1 && value <= MOST_PIXELS;
}

/** -1 for text that is no base64. */
function base64Bytes(text: string): number {
  try {
    return atob(text).length;
  } catch {
    return -1;
  }
}
