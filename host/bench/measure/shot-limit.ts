import { BOLTZMANN_EV_PER_K, ELEMENTARY_CHARGE_C } from "../../../hw-profiles/derive/constants.ts";
import { nonlinearFit } from "../analysis/nonlinear-fit.ts";
import { linearSpace } from "../analysis/sampling.ts";
import type { DeviceBench } from "../laboratory.ts";

const ROOM_K = 300;
const WINDOW_V = 0.1;

export interface ShotLimit {
  readonly amplitudeAPerRtHz: number;
  /** Whose shot noise it is, A. */
  readonly equivalentA: number;
}

/**
 * Shot-noise limit of a junction at 0 V, where no net current flows: both opposite currents I0 of the junction make noise, and
 * the shunt G its thermal noise, 2 q (2 I0 + 2 k T G / q) [van der Ziel]. I0, G and the ideality come from I(V) around 0 V.
 */
export function shotLimitAtZero(device: DeviceBench): ShotLimit {
  const thermalV = BOLTZMANN_EV_PER_K * ROOM_K;
  const voltages = linearSpace(-WINDOW_V, WINDOW_V, 41);
  const currents = voltages.map((biasV) => device.current({ biasV }));
  const scale = Math.max(...currents.map(Math.abs));
  const fit = nonlinearFit(
    ([logI0 = 0, n = 0, g = 0]) =>
      voltages.map((v, i) => currents[i]! / scale - Math.exp(logI0) * Math.expm1(v / (n * thermalV)) - g * v),
    [Math.log(0.1), 1.5, 0.1],
  );
  const [logI0 = 0, , g = 0] = fit.parameters;
  const equivalentA = scale * (2 * Math.exp(logI0) + 2 * thermalV * g);
  return { amplitudeAPerRtHz: Math.sqrt(2 * ELEMENTARY_CHARGE_C * equivalentA), equivalentA };
}
