import { photonsPerSPerIrradiance } from "../../light/radiometry.ts";
import { quoted, SceneError } from "../scene-error.ts";
import { numberOf, onlyKnown, type SceneSpec } from "../spec.ts";
import type { LightArea, LightGeometry, LightScene } from "./light-scene.ts";
import { StillLight } from "./still-light.ts";

const MAX_IRRADIANCE_W_PER_M2 = 1e6;
const MAX_PHOTONS_PER_S = 1e15;

/** `dark`: no light at all. */
export function openDark(spec: SceneSpec, geometry: LightGeometry): LightScene {
  onlyKnown(spec, []);
  return new StillLight(spec.text, geometry, (_area, photonsPerS) => photonsPerS.fill(0));
}

/**
 * `uniform:irradiance=1e-3,nm=940` or `uniform:photons=1e6`, `[gradientX=0.2,gradientY=0]`
 *
 * An even source on the sensor plane, without the lens: W/m^2 at the wavelength `nm` (default: the design wavelength), or
 * photons per second and pixel. Gradients change it linearly by that share of the mean from the first column (row) to
 * the last; the mean stays.
 */
export function openUniform(spec: SceneSpec, geometry: LightGeometry): LightScene {
  onlyKnown(spec, ["irradiance", "nm", "photons", "gradientX", "gradientY"]);
  const meanPhotonsPerS = meanOf(spec, geometry);
  const gradientX = numberOf(spec, "gradientX", -2, 2, 0);
  const gradientY = numberOf(spec, "gradientY", -2, 2, 0);
  const darkest = 1 - (Math.abs(gradientX) + Math.abs(gradientY)) / 2;
  if (darkest < 0) {
    throw new SceneError({
      scene: quoted(spec.text),
      found: `${darkest.toFixed(3)} of the mean in the darkest corner`,
      expected: "gradientX and gradientY that add to at most 2 without their signs",
      whatToDo: "Make the gradients smaller.",
    });
  }
  const across = steps(geometry.widthPx, gradientX);
  const down = steps(geometry.heightPx, gradientY);
  return new StillLight(spec.text, geometry, ({ firstRow, rows }: LightArea, photonsPerS) => {
    for (let row = 0, at = 0; row < rows; row++) {
      const inRow = 1 + down[firstRow + row]!;
      for (const offset of across) photonsPerS[at++] = meanPhotonsPerS * (inRow + offset);
    }
  });
}

function meanOf(spec: SceneSpec, geometry: LightGeometry): number {
  const { values } = spec;
  if (values.has("irradiance") === values.has("photons") || (values.has("photons") && values.has("nm"))) {
    throw new SceneError({
      scene: quoted(spec.text),
      found: values.size === 0 ? "no settings" : [...values.keys()].join(", "),
      expected:
        "either irradiance=… (W/m^2 on the sensor, with nm=… if not at the design wavelength) or photons=… (per second and pixel)",
      whatToDo: "Write uniform:irradiance=1e-3 or uniform:photons=1e6.",
    });
  }
  if (values.has("photons")) return numberOf(spec, "photons", 0, MAX_PHOTONS_PER_S, 0);
  const wavelengthNm = numberOf(spec, "nm", 200, 20_000, geometry.wavelengthNm);
  const irradianceWPerM2 = numberOf(spec, "irradiance", 0, MAX_IRRADIANCE_W_PER_M2, 0);
  return irradianceWPerM2 * photonsPerSPerIrradiance(geometry.pitchUm, wavelengthNm);
}

/** Offsets from the mean, -gradient/2 to gradient/2, that add to 0. */
function steps(count: number, gradient: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => (count > 1 ? gradient * (i / (count - 1) - 0.5) : 0));
}
