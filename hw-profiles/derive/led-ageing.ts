/**
 * Ageing of a quantum-dot LED at constant current [zhang2023]:
 *   L(t) = L0 2^(-t / T50),   T50 = T_ref (L_ref / L0)^n   (L0^n T50 = const)
 * The paper gives T50 and n; that the light fades exponentially between is assumed.
 */
import type { LedProfile } from "../device-profile.ts";

/** The simulator brings its own, whose last digits are the same everywhere. */
export type AgeingMath = Pick<Math, "exp" | "pow">;

/** Minutes until half of the initial luminance is left. `initialCdPerM2` > 0. */
export function halfLifeMin({ ageing }: LedProfile, initialCdPerM2: number, math: AgeingMath = Math): number {
  return ageing.t50Min * math.pow(ageing.luminanceCdPerM2 / initialCdPerM2, ageing.acceleration);
}

/** Share of the light that is left after so many minutes, 1 for a new LED. */
export function lightLeft(
  led: LedProfile,
  initialCdPerM2: number,
  minutes: number,
  math: AgeingMath = Math,
): number {
  return math.exp((-Math.LN2 * minutes) / halfLifeMin(led, initialCdPerM2, math));
}
