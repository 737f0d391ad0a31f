// The response of a sensor's film where it follows from the material.

import { type FilmValue, filmMobilityCm2PerVs } from "../derive/film.ts";
import { type DiodeResponse, diodeResponse } from "../derive/film-response.ts";
import { areaScaledTimeS } from "../derive/response-time.ts";
import type { PhotodiodeDocument } from "../schema/detector-schema.ts";
import { type MaterialDocument, materialSchema } from "../schema/material-schema.ts";
import type { SensorDocument } from "../schema/sensor-schema.ts";
import { ProfileError } from "./profile-error.ts";
import { resolveMaterial } from "./resolve-material.ts";

export interface FilmResponse {
  readonly mobility: FilmValue;
  readonly response: DiodeResponse;
}

type Device = NonNullable<PhotodiodeDocument["device"]>;

/** Names of the files for messages. */
interface Files {
  readonly detectorFile: string;
  readonly materialFile?: string | undefined;
}

/** Errors of a material's physics name the material; in a sensor they shall name its file and who asked. */
function inFile<Result>({ materialFile }: Files, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ProfileError) || materialFile === undefined) throw error;
    throw new ProfileError(error.issues.map((issue) => ({ ...issue, file: materialFile })));
  }
}

function read(material: unknown, device: Device, { detectorFile }: Files): MaterialDocument {
  if (material !== undefined) return materialSchema.parse(material);
  const expected = `the document of the material ${device.material}, from which the response follows`;
  throw new ProfileError([{ file: detectorFile, path: "device.material", found: "nothing", expected }]);
}

/** Collecting area of a pixel, cm2. */
function pixelAreaCm2({ array }: SensorDocument): number {
  return (array.pitch.value * 1e-4) ** 2 * array.fillFactor.value;
}

/** Fall time of a pixel, ns, from the one measured on the device's area (responseModel "area-scaled"). */
export function areaScaledFallNs(
  detector: PhotodiodeDocument,
  device: Device,
  sensor: SensorDocument,
): number {
  const stack = {
    areaCm2: device.area.value,
    thicknessNm: device.thickness.value,
    relativePermittivity: device.relativePermittivity.value,
    loadOhm: device.load.value,
  };
  return areaScaledTimeS(detector.fallTime.value * 1e-9, stack, pixelAreaCm2(sensor)) * 1e9;
}

/**
 * Mobility and response of a pixel of this film at the operating bias.
 * @throws ProfileError where the material has no such process, or no effective mass where one is needed.
 */
export function filmResponse(
  detector: PhotodiodeDocument,
  device: Device,
  sensor: SensorDocument,
  material: unknown,
  files: Files,
): FilmResponse {
  const document = read(material, device, files);
  const mobility = inFile(files, () => filmMobilityCm2PerVs(resolveMaterial(document), device.process));
  const response = diodeResponse({
    mobilityCm2PerVs: mobility.value,
    thicknessNm: device.thickness.value,
    builtInV: device.builtIn.value,
    biasV: detector.operatingBias.value,
    areaCm2: pixelAreaCm2(sensor),
    relativePermittivity: device.relativePermittivity.value,
    loadOhm: device.load.value,
  });
  return { mobility, response };
}
