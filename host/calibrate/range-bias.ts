import { NS_PER_RANGE_M } from "../../hw-profiles/derive/constants.ts";
import type { Bin } from "./bins.ts";
import { type GateSchedule, ResponseModel, type ResponseParameters } from "./response-model.ts";
import { ReturnTimeFit } from "./return-time.ts";

/** What ranges by these parameters are wrong by, at one place of the range. */
export interface RangeBias {
  readonly rangeM: number;
  readonly biasM: number;
  readonly sigmaM: number;
}

/** Width of the places along the range, m. */
const PLACE_M = 0.5;

interface Sums {
  weight: number;
  range: number;
  bias: number;
}

/** Bias of ranges that a fit with these parameters gives, over places of the range, from the captures themselves. */
export function rangeBias(
  bins: readonly Bin[],
  schedule: GateSchedule,
  parameters: ResponseParameters,
): RangeBias[] {
  const fit = new ReturnTimeFit(new ResponseModel(schedule, parameters), schedule.delaysNs.length);
  const places = new Map<number, Sums>();
  for (const bin of bins) {
    const trueNs = bin.t0Ns + parameters.timeOffsetNs;
    const { sigmaNs, t0Ns } = fit.fit(bin, trueNs);
    const weight = 1 / (sigmaNs * sigmaNs);
    if (!(weight > 0)) continue;
    const rangeM = bin.t0Ns / NS_PER_RANGE_M;
    const place = Math.floor(rangeM / PLACE_M);
    const sums = places.get(place) ?? { weight: 0, range: 0, bias: 0 };
    places.set(place, sums);
    sums.weight += weight;
    sums.range += weight * rangeM;
    sums.bias += weight * (t0Ns - trueNs);
  }
  return [...places]
    .sort(([a], [b]) => a - b)
    .map(([, { bias, range, weight }]) => ({
      rangeM: range / weight,
      biasM: bias / weight / NS_PER_RANGE_M,
      sigmaM: 1 / Math.sqrt(weight) / NS_PER_RANGE_M,
    }));
}
