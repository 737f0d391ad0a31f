import type { SceneOptions } from "../scene-options.ts";
import { parseNamed, parsePath, type SceneSpec } from "../spec.ts";
import type { LightGeometry, LightScene } from "./light-scene.ts";
import { openLit } from "./open-lit.ts";
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
  return await openLit(parsePath(text), "&", geometry, options);
}
