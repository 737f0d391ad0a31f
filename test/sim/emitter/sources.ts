import type { LedProfile, PumpedLaserProfile } from "../../../hw-profiles/device-profile.ts";

export const led: LedProfile = {
  type: "led",
  name: "led",
  title: "Perovskite diode",
  wavelengthNm: 517,
  fwhmNm: 16.1,
  eqe: 0.2413,
  lifetimeNs: 25.75,
  angular: "lambertian",
  ageing: { t50Min: 54, luminanceCdPerM2: 1e4, acceleration: 1.7 },
  published: [],
};

export const laser: PumpedLaserProfile = {
  type: "pumped-laser",
  name: "dfb",
  title: "PbS laser",
  wavelengthNm: 1650,
  pumpNm: 1030,
  pump: "pulsed",
  threshold: { value: 430e-6, unit: "J/cm2" },
  linewidthEv: 0.9e-3,
  gainPerCm: 100,
  temperature: "room",
  operatingPump: 900e-6,
  slopeEfficiency: 0.05,
  published: [],
};
