/**
 * Light to current: photodiodes by their external quantum efficiency, photoconductors and phototransistors by their gain,
 *   I = EQE(V) r(lambda) q P / (h nu) (P / P0)^(k - 1),   G = tau / t,   t = L^2 / (mobility V)   [meng2024, section 4].
 *
 * Not modelled: saturation other than by the power law, change of the efficiency with temperature, the spot's place.
 */

import { relativeResponse, responsivityAPerW } from "../../hw-profiles/derive/spectral-range.ts";
import { photoconductiveGain, transitTimeS, umToCm } from "../../hw-profiles/derive/transport.ts";
import type {
  DeviceProfile,
  PhotoconductorProfile,
  PhototransistorProfile,
} from "../../hw-profiles/device-profile.ts";
import { eqeAtBias } from "../light/eqe.ts";
import { pow } from "../math/elementary.ts";
import { relativeToOperatingGate } from "./gate.ts";

type Channel = PhotoconductorProfile | PhototransistorProfile;

function channelGain(channel: Channel, lifetimeS: number, driftV: number): number {
  if (driftV === 0) return 0;
  const transitS = transitTimeS(umToCm(channel.channelLengthUm), channel.mobilityCm2PerVs, driftV);
  return photoconductiveGain(lifetimeS, transitS);
}

function photoconductorGain(profile: PhotoconductorProfile, biasV: number): number {
  return channelGain(profile, profile.carrierLifetimeS, profile.builtInV + Math.abs(biasV));
}

function phototransistorGain(profile: PhototransistorProfile, drainV: number, gateV?: number): number {
  const gain = channelGain(profile, profile.trapLifetimeS, Math.abs(drainV));
  return gain * relativeToOperatingGate(profile, "relativeGain", gateV);
}

/** Electrons of current per photon at the peak wavelength. Above 1 with gain. */
export function electronsPerPhoton(profile: DeviceProfile, biasV: number, gateV?: number): number {
  switch (profile.structure) {
    case "photodiode":
      return eqeAtBias(profile.eqePoints, biasV);
    case "photoconductor":
      return profile.internalQuantumEfficiency * photoconductorGain(profile, biasV);
    case "phototransistor":
      return profile.internalQuantumEfficiency * phototransistorGain(profile, biasV, gateV);
  }
}

/** Electrons of current per absorbed photon: what multiplies the shot noise of photocurrent. At least 1. */
export function currentGain(profile: DeviceProfile, biasV: number, gateV?: number): number {
  const perPhoton = electronsPerPhoton(profile, biasV, gateV);
  const efficiency = profile.structure === "photodiode" ? 1 : profile.internalQuantumEfficiency;
  return Math.max(1, perPhoton / efficiency);
}

/** A photodiode's photocurrent flows backwards; that of a channel follows the bias. */
function direction(profile: DeviceProfile, biasV: number): number {
  return profile.structure === "photodiode" || biasV < 0 ? -1 : 1;
}

/** Where a device works: bias (drain voltage of a transistor) and gate. */
export interface WorkingPoint {
  readonly biasV: number;
  readonly gateV?: number;
}

/** Steady photocurrent, A, of `powerW` at a wavelength. */
export function photocurrentA(
  profile: DeviceProfile,
  at: WorkingPoint,
  light: { readonly wavelengthNm: number; readonly powerW: number },
): number {
  if (light.powerW <= 0) return 0;
  const perPhoton = electronsPerPhoton(profile, at.biasV, at.gateV);
  const eqe = perPhoton * relativeResponse(profile.spectrum, light.wavelengthNm);
  const amperePerWatt = responsivityAPerW(eqe, light.wavelengthNm);
  const compression = pow(light.powerW / profile.referencePowerW, profile.powerExponent - 1);
  return direction(profile, at.biasV) * amperePerWatt * light.powerW * compression;
}
