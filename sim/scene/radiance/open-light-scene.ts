import { quoted, SceneError } from "../scene-error.ts";
import type { SceneOptions } from "../scene-options.ts";
import { parseNamed, type SceneSpec } from "../spec.ts";
import type { LightGeometry, LightScene } from "./light-scene.ts";
import { openDark, openUniform } from "./uniform-light.ts";

type Opener = (
  spec: SceneSpec,
  geometry: LightGeometry,
  options: SceneOptions,
) => LightScene | Promise<LightScene>;

const NAMED: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  ["uniform", openUniform],
  ["dark", openDark],
]);

/**
 * Open what an imaging sensor looks at. Two scenes opened from the same text give the same light.
 * Throws SceneError for anything wrong with text or file.
 */
export async function openLightScene(
  text: string,
  geometry: LightGeometry,
  options: SceneOptions,
): Promise<LightScene> {
  const opener = NAMED.get(text.split(":")[0] ?? "");
  if (opener !== undefined) return await opener(parseNamed(text), geometry, options);
  throw new SceneError({
    scene: quoted(text),
    found: "no scene of that name",
    expected: [...NAMED.keys()].join(", "),
    whatToDo: "Name one of them.",
  });
}
