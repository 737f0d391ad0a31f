// What follows for lens and film, in all modes. Equations: docs/physics.md, light.

import type { SensorBase } from "../sensor-profile.ts";
import { type DerivedValue, derived } from "./derived-value.ts";

/** EQE at the operating bias: linear between the points, the nearest point outside of them. */
export function quantumEfficiency({ detector }: SensorBase): DerivedValue {
  const { eqePoints, operatingBiasV } = detector;
  const above = eqePoints.find((point) => point.biasV >= operatingBiasV) ?? eqePoints.at(-1);
  const below = eqePoints.findLast((point) => point.biasV <= operatingBiasV) ?? eqePoints[0];
  if (above === undefined || below === undefined) throw new Error(`${detector.name}: found no EQE point`);
  const span = above.biasV - below.biasV;
  const share = span > 0 ? (operatingBiasV - below.biasV) / span : 0;
  const points = eqePoints.map((point) => `${point.biasV} V: ${point.eqe}`).join(", ");
  const value = below.eqe + share * (above.eqe - below.eqe);
  return derived(
    "quantumEfficiency",
    value,
    "1",
    `at ${operatingBiasV} V, linear between the points`,
    points,
  );
}

/** Field of view and pupil. */
export function geometry({ array, optics }: SensorBase): DerivedValue[] {
  const pupilMm = optics.focalLengthMm / optics.fNumber;
  const fieldDeg = (2 * Math.atan(array.widthPx / 2 / optics.fxPx) * 180) / Math.PI;
  const field = `2 atan(${array.widthPx} / 2 / ${optics.fxPx})`;
  return [
    derived("horizontalField", fieldDeg, "deg", "2 atan(W / 2 fx), without distortion", field),
    derived("pupilDiameter", pupilMm, "mm", "f / f-number", `${optics.focalLengthMm} mm / ${optics.fNumber}`),
  ];
}
