import { openScene } from "../open-scene.ts";
import { quoted, SceneError } from "../scene-error.ts";
import type { SceneOptions } from "../scene-options.ts";
import { numberOf, type SceneSpec } from "../spec.ts";
import { DEFAULT_LAMP_W_PER_M2, LampLight } from "./lamp-light.ts";
import type { LightGeometry, LightScene } from "./light-scene.ts";

const MAX_LAMP_W_PER_M2 = 1e6;

/**
 * Any scene of ranging (open-scene.ts) under a lamp: its settings, and `lamp=`, the in-band irradiance (W/m^2) on a
 * surface that faces the lamp. `separator`: how the spec joins settings, "," after a name or "&" after a path.
 */
export async function openLit(
  spec: SceneSpec,
  separator: "," | "&",
  geometry: LightGeometry,
  options: SceneOptions,
): Promise<LightScene> {
  const lampWPerM2 = numberOf(spec, "lamp", 0, MAX_LAMP_W_PER_M2, DEFAULT_LAMP_W_PER_M2);
  const others = [...spec.values].filter(([key]) => key !== "lamp").map(([key, value]) => `${key}=${value}`);
  const mark = separator === "," ? ":" : "?";
  const text = others.length > 0 ? `${spec.head}${mark}${others.join(separator)}` : spec.head;
  const scene = await openScene(text, options);
  if (scene.chart === undefined) return new LampLight(spec.text, scene, geometry, lampWPerM2);
  throw new SceneError({
    scene: quoted(spec.text),
    found: "electrons=…",
    expected: "a scene that a lamp lights: electrons are counted over the gates of ranging",
    whatToDo: "Remove electrons and ambient; for a known number of photons use uniform:photons=1e6.",
  });
}
