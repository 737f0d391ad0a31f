import { SCENE_FILE_TYPES } from "../open-scene.ts";
import { quoted, SceneError } from "../scene-error.ts";
import type { SceneOptions } from "../scene-options.ts";
import { fileType, parseNamed, parsePath, type SceneSpec } from "../spec.ts";
import { openAgeingLed } from "./ageing-led.ts";
import { openFingertip } from "./fingertip/open-fingertip.ts";
import type { LightGeometry, LightScene } from "./light-scene.ts";
import { openLit } from "./open-lit.ts";
import { openPicture, PICTURE_TYPES } from "./open-picture.ts";
import { openDark, openUniform } from "./uniform-light.ts";

type Opener = (
  spec: SceneSpec,
  geometry: LightGeometry,
  options: SceneOptions,
) => LightScene | Promise<LightScene>;

const openNamedLit: Opener = (spec, geometry, options) => openLit(spec, ",", geometry, options);

const NAMED: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  ["room", openNamedLit],
  ["wall", openNamedLit],
  ["uniform", openUniform],
  ["dark", openDark],
  ["fingertip", openFingertip],
  ["ageing-led", openAgeingLed],
]);

const PICTURE = "picture:";

/**
 * Open what an imaging sensor looks at. Two scenes opened from the same text give the same light.
 * Throws SceneError for anything wrong with text or file.
 */
export async function openLightScene(
  text: string,
  geometry: LightGeometry,
  options: SceneOptions,
): Promise<LightScene> {
  if (text.startsWith(PICTURE)) {
    const spec = parsePath(text.slice(PICTURE.length));
    return await openPicture({ ...spec, text }, geometry);
  }
  const opener = NAMED.get(text.split(":")[0] ?? "");
  if (opener !== undefined) return await opener(parseNamed(text), geometry, options);
  const file = parsePath(text);
  if (SCENE_FILE_TYPES.includes(fileType(file.head))) return await openLit(file, "&", geometry, options);
  throw unknownScene(text);
}

function unknownScene(text: string): SceneError {
  const type = fileType(parsePath(text).head);
  const isPicture = PICTURE_TYPES.includes(type);
  const files = `a file of type ${SCENE_FILE_TYPES.join(", ")}`;
  return new SceneError({
    scene: quoted(text),
    found: type === "" ? "no scene of that name" : `a file of type ${quoted(type)}`,
    expected: `${[...NAMED.keys()].join(", ")}, picture:FILE (${PICTURE_TYPES.join(", ")}), or ${files}`,
    whatToDo: isPicture ? `Write ${quoted(`${PICTURE}${text}`)}.` : "Name one of them.",
  });
}
