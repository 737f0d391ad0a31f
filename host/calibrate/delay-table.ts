import { MAX_GATES } from "../../hw-profiles/interface/abi.ts";
import type { GlobalFit } from "./global-fit.ts";
import type { TofCalibration } from "./tof-calibration.ts";

interface Point {
  readonly delayNs: number;
  readonly correctionNs: number;
  readonly sigmaNs: number;
}

/** Gates closer than this are one point of the delay axis. */
const SAME_NS = 1e-3;

/**
 * The gates' own corrections as a table on the delay axis, so that it holds for gates that are placed elsewhere too: the
 * gates' own delays where these are equally far apart, else as many points as the device takes.
 */
export function delayTable(
  delaysNs: readonly number[],
  { covariance, free, parameters }: GlobalFit,
): TofCalibration["gateDelays"] {
  const points = delaysNs
    .map((delayNs, k): Point => {
      const place = free.length + k;
      return {
        delayNs,
        correctionNs: parameters.gateDelaysNs[k]!,
        sigmaNs: Math.sqrt(covariance[place]![place]!),
      };
    })
    .sort((a, b) => a.delayNs - b.delayNs);
  const first = points[0]!.delayNs;
  const span = points.at(-1)!.delayNs - first;
  const count = isEven(points) ? points.length : MAX_GATES;
  const stepNs = count > 1 && span > 0 ? span / (count - 1) : 1;
  const at = Array.from({ length: count }, (_, i) => interpolate(points, first + i * stepNs));
  return {
    startNs: picoseconds(first),
    stepNs: picoseconds(stepNs),
    correctionsNs: at.map(({ correctionNs }) => picoseconds(correctionNs)),
    sigmasNs: at.map(({ sigmaNs }) => Number(sigmaNs.toPrecision(3))),
  };
}

function isEven(points: readonly Point[]): boolean {
  const step = (points.at(-1)!.delayNs - points[0]!.delayNs) / (points.length - 1);
  return points.every(({ delayNs }, i) => Math.abs(delayNs - points[0]!.delayNs - i * step) < SAME_NS);
}

function interpolate(points: readonly Point[], delayNs: number): Point {
  const above = points.findIndex((point) => point.delayNs >= delayNs - SAME_NS);
  const high = points[above] ?? points.at(-1)!;
  const low = points[above - 1] ?? high;
  const width = high.delayNs - low.delayNs;
  const share = width > SAME_NS ? Math.min(1, (delayNs - low.delayNs) / width) : 1;
  const between = (key: "correctionNs" | "sigmaNs") => low[key] + share * (high[key] - low[key]);
  return { delayNs, correctionNs: between("correctionNs"), sigmaNs: between("sigmaNs") };
}

/** Never -0, which JSON does not know. */
function picoseconds(timeNs: number): number {
  return Math.round(1000 * timeNs) / 1000 + 0;
}
