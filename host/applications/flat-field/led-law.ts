import type { LedProfile } from "../../../hw-profiles/device-profile.ts";

/** Minutes until half of the initial luminance is left: L0^n T50 = const [zhang2023]. */
export function halfLifeMin({ ageing }: LedProfile, luminanceCdPerM2: number): number {
  return ageing.t50Min * (ageing.luminanceCdPerM2 / luminanceCdPerM2) ** ageing.acceleration;
}

/** Share of the light that is left after so many minutes at constant current: 2^(-t / T50). */
export function lightLeft(led: LedProfile, luminanceCdPerM2: number, minutes: number): number {
  return 2 ** (-minutes / halfLifeMin(led, luminanceCdPerM2));
}
