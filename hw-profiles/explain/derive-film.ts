// The chain from the material to the film's response and edge. Equations: hw-profiles/derive; meng2024 section 4, chen2023.

import { PHOTON_EV_NM } from "../derive/constants.ts";
import { type FilmValue, filmEdgeEv, filmMobilityCm2PerVs } from "../derive/film.ts";
import { diodeResponse } from "../derive/film-response.ts";
import { responsivityAPerW } from "../derive/spectral-range.ts";
import type { MaterialProfile, PhotodiodeProfile } from "../device-profile.ts";
import { type DerivedValue, derived, digits } from "./derived-value.ts";

/** Material and photodiode of a chain; the area is that of the pixel, or of the device itself. */
export interface FilmChain {
  readonly material: MaterialProfile;
  readonly device: PhotodiodeProfile;
  readonly areaCm2: number;
}

function step(name: string, { value, steps, notes }: FilmValue, unit: string): DerivedValue {
  return derived(name, value, unit, ...steps, ...notes);
}

function hasMobility({ material }: FilmChain): boolean {
  return material.family === "ligand" || material.effectiveMass !== undefined;
}

function response({ device, areaCm2 }: FilmChain, mobilityCm2PerVs: number): DerivedValue[] {
  const stack = {
    mobilityCm2PerVs,
    thicknessNm: device.thicknessNm,
    builtInV: device.builtInV ?? 0,
    biasV: device.operatingBiasV,
    areaCm2,
    relativePermittivity: device.relativePermittivity,
    loadOhm: device.loadOhm,
  };
  const { driftV, driftS, capacitanceF, rcS, riseTimeS, bandwidthHz } = diodeResponse(stack);
  const drift = `L = ${stack.thicknessNm} nm, mu = ${digits(mobilityCm2PerVs)} cm2/(V s), V = ${digits(driftV)} V (built-in and bias)`;
  const plate = `eps_r = ${stack.relativePermittivity}, A = ${digits(areaCm2)} cm2, d = ${stack.thicknessNm} nm`;
  const sum = `sqrt(${digits(driftS * 1e9)}^2 + (2.2 x ${digits(rcS * 1e9)})^2 + 0^2) ns; the film is depleted, so nothing diffuses`;
  return [
    derived("transitTime", driftS * 1e9, "ns", "L^2 / (mu V) [meng2024 section 4]", drift),
    derived("filmCapacitance", capacitanceF * 1e15, "fF", "eps0 eps_r A / d", plate),
    derived("rcTime", rcS * 1e9, "ns", "R C", `${stack.loadOhm} ohm x ${digits(capacitanceF * 1e15)} fF`),
    derived(
      "riseTimeFromMaterial",
      riseTimeS * 1e9,
      "ns",
      "sqrt(drift^2 + (2.2 RC)^2 + diffusion^2) [meng2024 section 4]",
      sum,
    ),
    derived(
      "bandwidthFromMaterial",
      bandwidthHz,
      "Hz",
      "0.45 / rise time, limited by drift [meng2024 section 4]",
      `0.45 / ${digits(riseTimeS * 1e9)} ns`,
    ),
  ];
}

/** Band edge, mobility, transit time and response from the material. Without an effective mass no more than the edge. */
export function deriveFilm(chain: FilmChain): DerivedValue[] {
  const { material, device } = chain;
  const edge = filmEdgeEv(material, device.process);
  const edgeNm = PHOTON_EV_NM / edge.value;
  const values = [
    step("bandEdge", edge, "eV"),
    derived("bandEdgeWavelength", edgeNm, "nm", "h c / E", `1239.84 eV nm / ${digits(edge.value)} eV`),
  ];
  if (!hasMobility(chain)) return values;
  const mobility = filmMobilityCm2PerVs(material, device.process);
  return [...values, step("mobility", mobility, "cm2/(V s)"), ...response(chain, mobility.value)];
}

/** Which response a sensor or device uses. */
export function deriveFallTime({ device }: FilmChain, fallTimeNs: number): DerivedValue {
  const sources = {
    measured: "the detector's measured fallTime",
    "area-scaled": "the detector's measured fallTime, its part of 2.2 R C scaled to this area",
    material: "riseTimeFromMaterial",
  };
  const from = sources[device.responseModel];
  return derived(
    "fallTime",
    fallTimeNs,
    "ns",
    `responseModel "${device.responseModel}": ${from}`,
    `${digits(fallTimeNs)} ns`,
  );
}

/** Responsivity of a photodiode at its peak and operating bias. */
export function deriveResponsivity(device: PhotodiodeProfile, eqe: number): DerivedValue {
  const { peakNm } = device.spectrum;
  const numbers = `${digits(eqe)} x ${peakNm} nm / 1239.84 nm`;
  return derived("responsivity", responsivityAPerW(eqe, peakNm), "A/W", "EQE lambda / 1239.84 nm", numbers);
}
