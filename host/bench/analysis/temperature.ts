import { BOLTZMANN_EV_PER_K } from "../../../hw-profiles/derive/constants.ts";
import { linearFit } from "./linear-fit.ts";
import { type NonlinearFit, nonlinearFit } from "./nonlinear-fit.ts";

/** Bose-Einstein occupation of a phonon of this energy. */
export function occupation(phononEv: number, temperatureK: number): number {
  return 1 / Math.expm1(phononEv / (BOLTZMANN_EV_PER_K * temperatureK));
}

export interface EdgeFit {
  readonly e0Ev: number;
  readonly thermalExpansionEvPerK: number;
  readonly electronPhononEv: number;
  readonly phononEv: number;
  readonly standardErrors: readonly number[];
}

/** E(T) = E0 + A_TE T + A_EP [2 n(hw, T) + 1]; all four from the data [enomoto2024 eq. 2]. */
export function fitEdge(
  temperaturesK: readonly number[],
  energiesEv: readonly number[],
  startPhononEv = 0.03,
): EdgeFit {
  const start = edgeAt(startPhononEv, temperaturesK, energiesEv);
  const fit: NonlinearFit = nonlinearFit(
    ([e0 = 0, te = 0, ep = 0, phonon = 0]) =>
      temperaturesK.map(
        (t, i) => (energiesEv[i]! - e0 - te * 1e-4 * t - ep * (2 * occupation(phonon, t) + 1)) * 1e3,
      ),
    [start[0]!, start[1]! * 1e4, start[2]!, startPhononEv],
  );
  const [e0Ev = 0, te = 0, electronPhononEv = 0, phononEv = 0] = fit.parameters;
  const [e0, teError, ep, phonon] = fit.standardErrors;
  return {
    e0Ev,
    thermalExpansionEvPerK: te * 1e-4,
    electronPhononEv,
    phononEv,
    standardErrors: [e0!, teError! * 1e-4, ep!, phonon!],
  };
}

function edgeAt(phononEv: number, temperaturesK: readonly number[], energiesEv: readonly number[]): number[] {
  const ones = temperaturesK.map(() => 1);
  const phonons = temperaturesK.map((t) => 2 * occupation(phononEv, t) + 1);
  return linearFit([ones, [...temperaturesK], phonons], energiesEv).parameters;
}

export interface BroadeningFit {
  readonly broadening0Ev: number;
  readonly couplingLoEv: number;
  readonly standardErrors: readonly number[];
  readonly residualRms: number;
}

/** Gamma(T) = Gamma0 + gamma_LO n(E_LO, T), with E_LO held, as the paper does [enomoto2024 eq. 3]. */
export function fitBroadening(
  temperaturesK: readonly number[],
  widthsEv: readonly number[],
  loEv: number,
): BroadeningFit {
  const fit = linearFit(
    [temperaturesK.map(() => 1), temperaturesK.map((t) => occupation(loEv, t))],
    widthsEv,
  );
  return {
    broadening0Ev: fit.parameters[0]!,
    couplingLoEv: fit.parameters[1]!,
    standardErrors: fit.standardErrors,
    residualRms: fit.residualRms,
  };
}
