import { irradiancePerRadiance, photonsPerSPerIrradiance } from "../../light/radiometry.ts";
import { readSceneFile } from "../read-file.ts";
import { quoted, SceneError } from "../scene-error.ts";
import { fileType, numberOf, onlyKnown, type SceneSpec } from "../spec.ts";
import { DEFAULT_LAMP_W_PER_M2 } from "./lamp-light.ts";
import type { LightGeometry, LightScene } from "./light-scene.ts";
import { readExr } from "./picture/exr-picture.ts";
import { readPfm } from "./picture/pfm-picture.ts";
import type { Picture } from "./picture/picture.ts";
import { readPngPicture } from "./picture/png-picture.ts";
import { type Fit, Resampler } from "./resample.ts";
import { StillLight } from "./still-light.ts";

/** Radiance of white in a PNG unless told otherwise: a white surface that faces the default lamp, W/(m^2 sr). */
const DEFAULT_WHITE = DEFAULT_LAMP_W_PER_M2 / Math.PI;
const MIN_RADIANCE = 1e-12;
const MAX_RADIANCE = 1e9;
const FITS = ["cover", "contain", "stretch"] as const;
const TRANSFERS = ["srgb", "linear"] as const;

/** A picture and the radiance of its value 1, W/(m^2 sr). */
interface Radiance {
  readonly picture: Picture;
  readonly unit: number;
}

/**
 * `picture:PATH?fit=cover&white=0.64&transfer=srgb` or, for EXR and PFM, `picture:PATH?fit=cover&gain=1`
 *
 * A picture of the scene's in-band radiance as the lens throws it onto the sensor, upright and centred, its distortion
 * included. PNG: white is `white` W/(m^2 sr). EXR and PFM: values times `gain` are W/(m^2 sr).
 */
export async function openPicture(spec: SceneSpec, geometry: LightGeometry): Promise<LightScene> {
  const path = spec.head;
  const format = FORMATS.get(fileType(path));
  if (format === undefined) {
    throw new SceneError({
      scene: quoted(spec.text),
      found: `the file ${quoted(path)}`,
      expected: `a file of type ${PICTURE_TYPES.join(", ")}`,
      whatToDo: "Write picture:photo.exr, for instance.",
    });
  }
  const { picture, unit } = await format(spec);
  const fit: Fit = wordOf(spec, "fit", FITS);
  const resampler = new Resampler(picture, geometry.widthPx, geometry.heightPx, fit);
  const perRadiance =
    irradiancePerRadiance(geometry.optics) *
    photonsPerSPerIrradiance(geometry.pitchUm, geometry.wavelengthNm);
  return new StillLight(spec.text, geometry, ({ firstRow, rows }, photonsPerS) => {
    for (let row = 0; row < rows; row++) {
      resampler.row(firstRow + row, unit * perRadiance, photonsPerS, row * geometry.widthPx);
    }
  });
}

const FORMATS: ReadonlyMap<string, (spec: SceneSpec) => Promise<Radiance>> = new Map([
  ["png", openPng],
  ["exr", (spec: SceneSpec) => openLinear(spec, readExr)],
  ["pfm", (spec: SceneSpec) => openLinear(spec, readPfm)],
]);

/** Types of picture files. */
export const PICTURE_TYPES: readonly string[] = [...FORMATS.keys()];

async function openPng(spec: SceneSpec): Promise<Radiance> {
  onlyKnown(spec, ["fit", "white", "transfer"]);
  const unit = numberOf(spec, "white", MIN_RADIANCE, MAX_RADIANCE, DEFAULT_WHITE);
  const transfer = wordOf(spec, "transfer", TRANSFERS);
  return { picture: readPngPicture(quoted(spec.head), await readSceneFile(spec.head), transfer), unit };
}

async function openLinear(
  spec: SceneSpec,
  read: (scene: string, bytes: Uint8Array) => Picture,
): Promise<Radiance> {
  onlyKnown(spec, ["fit", "gain"]);
  const unit = numberOf(spec, "gain", MIN_RADIANCE, MAX_RADIANCE, 1);
  return { picture: read(quoted(spec.head), await readSceneFile(spec.head)), unit };
}

/** One of several words; the first where the key is absent. */
function wordOf<Word extends string>(spec: SceneSpec, key: string, words: readonly [Word, ...Word[]]): Word {
  const text = spec.values.get(key) ?? words[0];
  const word = words.find((candidate) => candidate === text);
  if (word !== undefined) return word;
  throw new SceneError({
    scene: quoted(spec.text),
    found: `${key}=${quoted(text)}`,
    expected: words.join(" or "),
    whatToDo: `Correct ${key}.`,
  });
}
