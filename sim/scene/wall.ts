import { SKY_SHARE, SUN_SHARE, SUN_X, SUN_Z } from "../kernels/trace/light.ts";
import { cos, sin } from "../math/elementary.ts";
import type { RayBundle, RayHits, Scene } from "./scene.ts";
import { quoted, SceneError } from "./scene-error.ts";
import { numberOf, onlyKnown, type SceneSpec } from "./spec.ts";
import { StillScene } from "./still-scene.ts";

const DEGREE = 0.017453292519943295;
const KEYS = ["range", "to", "rho", "tilt", "radial", "electrons", "ambient"];

/**
 * `wall[:range=3,to=9,rho=0.5,tilt=0,radial=0,electrons=1e5,ambient=1]`
 *
 * Plain: a flat wall across the axis at z = range metres, turned about the vertical by `tilt` degrees.
 * With `to` or `radial=1`: a chart on which all rays of a pixel have the same radial distance: `range`, or from `range`
 * in the first column to `to` in the last, linear in the column; facing every ray, so rho is the same everywhere.
 * With `electrons`: a chart signal (see Scene.chart), background `ambient` times as many.
 * Throws SceneError for settings that would have no effect: `tilt` of a chart, `ambient` without `electrons`.
 */
export function openWall(spec: SceneSpec): Scene {
  onlyKnown(spec, KEYS);
  const rangeM = numberOf(spec, "range", 0.1, 1000, 3);
  const toM = numberOf(spec, "to", 0.1, 1000, rangeM);
  const rho = numberOf(spec, "rho", 0, 1, 0.5);
  const tilt = numberOf(spec, "tilt", -80, 80, 0) * DEGREE;
  const radial = isChart(spec);
  if (radial) refuse(spec, "tilt", "no tilt of a chart, which faces every ray");
  if (!spec.values.has("electrons"))
    refuse(spec, "ambient", "electrons=… with it, which it multiplies (sunlight on any scene is --ambient)");
  const cast = radial ? castChart(rangeM, toM, rho) : castWall(rangeM, rho, sin(tilt), cos(tilt));
  if (!spec.values.has("electrons")) return new StillScene(spec.text, cast);
  const electrons = numberOf(spec, "electrons", 0, 1e9, 0);
  return new StillScene(spec.text, cast, { electrons, ambientRatio: numberOf(spec, "ambient", 0, 1e6, 0) });
}

function isChart(spec: SceneSpec): boolean {
  const radial = numberOf(spec, "radial", 0, 1, spec.values.has("to") ? 1 : 0);
  if (radial === 1 || (radial === 0 && !spec.values.has("to"))) return radial === 1;
  return refuse(spec, "radial", "0 or 1, and 1 together with to=…");
}

/** Throws if the setting is there. */
function refuse(spec: SceneSpec, key: string, expected: string): false {
  const value = spec.values.get(key);
  if (value === undefined) return false;
  throw new SceneError({
    scene: quoted(spec.text),
    found: `${key}=${quoted(value)}`,
    expected,
    whatToDo: "Remove or correct it.",
  });
}

function castChart(rangeM: number, toM: number, rho: number) {
  return (rays: RayBundle, hits: RayHits): void => {
    const last = Math.max(1, rays.columns - 1);
    for (let ray = 0; ray < hits.rangeM.length; ray++) {
      const column = Math.floor(ray / rays.raysPerPixel) % rays.columns;
      hits.rangeM[ray] = rangeM + ((toM - rangeM) * column) / last;
      hits.signalRho[ray] = rho;
      hits.ambientRho[ray] = rho;
    }
  };
}

/** The wall's normal looks at the camera: (sin tilt, 0, -cos tilt). */
function castWall(rangeM: number, rho: number, sine: number, cosine: number) {
  const sun = Math.max(0, SUN_X * sine - SUN_Z * cosine);
  return (rays: RayBundle, hits: RayHits): void => {
    for (let ray = 0; ray < hits.rangeM.length; ray++) {
      const facing = rays.directions[3 * ray + 2]! * cosine - rays.directions[3 * ray]! * sine;
      const seen = facing > 0;
      hits.rangeM[ray] = seen ? (rangeM * cosine) / facing : 0;
      hits.signalRho[ray] = seen ? rho * facing : 0;
      hits.ambientRho[ray] = seen ? rho * (SKY_SHARE + SUN_SHARE * sun) : 0;
    }
  };
}
