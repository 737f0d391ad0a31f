import { NS_PER_RANGE_M } from "../../hw-profiles/derive/constants.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";

/**
 * What decides the spread of a pixel's range.
 * attainable: the Cramer-Rao bound, which the estimate reaches; clipped: the bound of the gates that do not saturate, to
 * which those that do add next to nothing; threshold: the amplitude hardly stands out of its noise, only lucky pixels have a
 * range; edge: the range window cuts the spread; blind: too few unsaturated gates for a fit; outside: not within the range window.
 */
export type Regime = "attainable" | "clipped" | "threshold" | "edge" | "blind" | "outside";

/** Share of pixels with a saturated gate from which a point counts as clipped. */
const CLIPPED_SHARE = 1e-3;
/** The readout logic wants three unknowns and a degree of freedom. */
const FEWEST_GATES = 4;
/** Distance to the window's ends, in sigma, within which they cut off more than one estimate in a thousand. */
const EDGE_SIGMAS = 3.1;

interface Findings {
  readonly t0Ns: number;
  readonly usableGates: number;
  readonly snr: number;
  readonly sigmaM: number;
  readonly saturatedShare: number;
}

/** Distance from the nearer end of the range window, m; negative outside of it. */
function roomM({ readout }: LidarProfile, t0Ns: number): number {
  return Math.min(t0Ns - readout.t0MinNs, readout.t0MaxNs - t0Ns) / NS_PER_RANGE_M;
}

export function regimeOf(profile: LidarProfile, found: Findings): Regime {
  const { readout } = profile;
  const { t0Ns, usableGates, snr, sigmaM, saturatedShare } = found;
  const room = roomM(profile, t0Ns);
  if (room < 0) return "outside";
  if (usableGates < FEWEST_GATES) return "blind";
  if (snr < readout.lowSignalSigma) return "threshold";
  if (room < EDGE_SIGMAS * sigmaM) return "edge";
  return saturatedShare > CLIPPED_SHARE ? "clipped" : "attainable";
}
