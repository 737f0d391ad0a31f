import { GATING_SWEPT_RESET } from "../../../hw-profiles/interface/memory-map.ts";
import { exp, expShort } from "./exponential.ts";
import type { ReferenceParameters } from "./parameters.ts";

const fround = Math.fround;
const ORIGIN_REACH = 36;
const EDGE_LARGEST = 40;
const EDGE_SMALLEST = -80;

/** Shares of all gates at one return time and their slopes, 1/ns, in f32. */
export interface GateShares {
  readonly shares: readonly number[];
  readonly slopes: readonly number[];
}

/** Exponentials of a gate's edges, f32: of the edge, and of the edge less the pulse. */
interface GateFactors {
  readonly opened: number;
  readonly openEnded: number;
  readonly closed: number;
  readonly closeEnded: number;
}

interface Pole {
  readonly tau: number;
  readonly height: number;
  readonly earlier: number;
  readonly inverseTau: number;
  /** By origin and gate. */
  readonly factors: readonly (readonly GateFactors[])[];
}

/** Opening and closing edges, ns after the start of the window. */
type Edges = readonly (readonly [open: number, close: number])[];

function edgesOf(p: ReferenceParameters): Edges {
  return p.gateDelaysNs.map((delay, k) => {
    const close = p.gating === GATING_SWEPT_RESET ? p.pulsePeriodNs : delay + p.gateWidthsNs[k]!;
    return [delay - p.t0MinNs, close - p.t0MinNs];
  });
}

function edgeFactor(since: number, tau: number): number {
  const exponent = -since / tau;
  return exponent < EDGE_SMALLEST ? 0 : fround(exp(Math.min(exponent, EDGE_LARGEST)));
}

function makePole(
  p: ReferenceParameters,
  edges: Edges,
  tau: number,
  weight: number,
  origins: readonly number[],
): Pole {
  const [pulse, period] = [p.pulseWidthNs, p.pulsePeriodNs];
  const left = exp(-period / tau);
  const train = p.gating !== GATING_SWEPT_RESET;
  return {
    tau,
    height: fround((weight * tau) / pulse),
    earlier: train ? fround((exp(-(period - pulse) / tau) - left) / (1 - left)) : 0,
    inverseTau: fround(1 / tau),
    factors: origins.map((origin) =>
      edges.map(([open, close]) => ({
        opened: edgeFactor(open - origin, tau),
        openEnded: edgeFactor(open - origin - pulse, tau),
        closed: edgeFactor(close - origin, tau),
        closeEnded: edgeFactor(close - origin - pulse, tau),
      })),
    ),
  };
}

const least = (value: number, most: number): number => (most < value ? most : value);

/** What a pole delays of a return in one gate. */
function lateShare(pole: Pole, gate: GateFactors, factor: number): number {
  const [opened, openEnded] = [fround(gate.opened * factor), fround(gate.openEnded * factor)];
  const [closed, closeEnded] = [fround(gate.closed * factor), fround(gate.closeEnded * factor)];
  const open = fround(least(openEnded, pole.height) - least(opened, pole.height));
  const close = fround(least(closeEnded, pole.height) - least(closed, pole.height));
  return fround(fround(open - close) + fround(fround(opened - closed) * pole.earlier));
}

/** Response of the gates as a function of the return time after the start of the window, ns [physics.md 7]. */
export function gateResponse(p: ReferenceParameters): (positionNs: number) => GateShares {
  const span = p.t0MaxNs - p.t0MinNs;
  const leak = p.gating === GATING_SWEPT_RESET ? 0 : p.extinction;
  const perNs = (1 - leak) / p.pulseWidthNs;
  const unit = fround(1 - leak);
  const hasTail = p.tailFraction > 0;
  const fastest = hasTail ? Math.min(p.responseTauNs, p.tailTauNs) : p.responseTauNs;
  const count = Math.ceil(span / (2 * ORIGIN_REACH * fastest));
  const originStep = span / count;
  const origins = Array.from({ length: count }, (_, i) => (i + 0.5) * originStep);
  const edges = edgesOf(p);
  const units = edges.map(([open, close]) => [fround(open * perNs), fround(close * perNs)] as const);
  const weight = 1 - leak;
  const poles = [makePole(p, edges, p.responseTauNs, weight * (1 - p.tailFraction), origins)];
  if (hasTail) poles.push(makePole(p, edges, p.tailTauNs, weight * p.tailFraction, origins));
  return (positionNs) => {
    const origin = Math.max(0, Math.min(Math.floor(positionNs / originStep), count - 1));
    const after = positionNs - origins[origin]!;
    const since = fround(positionNs * perNs);
    const within = (edge: number): number => least(Math.max(fround(edge - since), 0), unit);
    const shares = units.map(([open, close]) => fround(fround(within(close) - within(open)) + fround(leak)));
    const slopes = shares.map(() => 0);
    for (const pole of poles) {
      const factor = fround(expShort(after / pole.tau) * pole.height);
      pole.factors[origin]!.forEach((gate, k) => {
        const late = lateShare(pole, gate, factor);
        shares[k] = fround(shares[k]! + late);
        slopes[k] = fround(slopes[k]! + fround(late * pole.inverseTau));
      });
    }
    return { shares, slopes };
  };
}
