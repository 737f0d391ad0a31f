import { RANGE_M_PER_NS } from "../../hw-profiles/derive/constants.ts";
import type { DepthClass } from "./depth-classes.ts";
import { type ClassTerms, type GateLight, TERMS, type TermMaker, timeVarianceNs2 } from "./gate-terms.ts";

/** Candidates for a gate lie so far apart: a tenth of the pulse's length and less. */
const CANDIDATE_STEP_NS = 2.5;
/** Passes in which each gate may go to a better place. */
const EXCHANGE_PASSES = 3;
/** A class may lose this factor in sigma before it weighs more than it should. */
const ALLOWED_LOSS = 1.03;
const LOSS_WEIGHT = 20;
/** A schedule has to be better than the uniform one by this factor in sigma. */
const WORTHWHILE_GAIN = 1.03;
/** Classes with a brighter mean sample than this share of the saturation level have pixels that saturate. */
const BRIGHT_LEVEL = 0.9;
/** So many pixels may be in such classes; or as many as with uniform gates. */
const BRIGHT_SHARE = 0.005;
/** Classes that uniform gates tell nothing useful of, 3 m, do not decide, ns^2. */
const UNKNOWN_NS2 = 20 ** 2;
/** No class may lose more than this factor in sigma ... */
const LEAST_GAIN = 1 / 1.05;
/** ... else the scan takes this share of the gates that were to be placed, too, and at last all of them. */
const MORE_SCAN = 0.5;
/** Classes with a smaller share of the pixels do not decide. */
const SMALL_SHARE = 0.002;

/** The gates of a frame: K planes. */
export interface GateSchedule {
  readonly delaysNs: readonly number[];
  readonly widthNs: number;
}

export interface GatePlan extends GateSchedule {
  /** Planes that are kept for depths which are not seen. All of them: the schedule is the uniform one. */
  readonly scanGates: number;
  readonly pulsesPerGate: number;
  /** Expected sigma of uniform gates over that of these, root mean square of the pixels' ratios. */
  readonly gain: number;
  /** The same for the class that gains least. */
  readonly leastGain: number;
  /** Median and root mean square over the pixels of the expected sigma, m. */
  readonly medianSigmaM: number;
  readonly rmsSigmaM: number;
  /** Share of the pixels, of those with a return, that are expected to saturate. */
  readonly brightShare: number;
  /** For people: why these gates. */
  readonly reason: string;
}

export interface PlanRequest {
  readonly classes: readonly DepthClass[];
  readonly terms: TermMaker;
  /** Gates as the profile has them: what a plan is measured by, and what is left when it is not worthwhile. */
  readonly uniform: GateSchedule;
  readonly pulsesPerGate: number;
  /** Share of the planes for depths that are not seen, 0..1. */
  readonly scanShare: number;
  /** Widths to try, ns. */
  readonly widthsNs: readonly number[];
}

/** The best schedule for these classes by their Cramer-Rao bounds; the uniform one where nothing is gained. */
export function planGates(asked: PlanRequest): GatePlan {
  const request = { ...asked, classes: knownClasses(asked) };
  const { classes, uniform } = request;
  const scale = scaleOf(request);
  const level = asPlan(request, scale, uniform, uniform.delaysNs.length);
  if (classes.length === 0) return { ...level, reason: "uniform: nothing is seen" };
  const brightest = Math.max(BRIGHT_SHARE, level.brightShare);
  const plans = request.widthsNs
    .flatMap((widthNs) => planOfWidth(request, scale, widthNs) ?? [])
    .filter((plan) => plan.brightShare <= brightest);
  const best = plans.reduce((one, other) => (other.gain > one.gain ? other : one), level);
  if (best.gain >= WORTHWHILE_GAIN && best.rmsSigmaM <= level.rmsSigmaM) return best;
  return { ...level, reason: `uniform: the best other schedule gains ${best.gain.toFixed(2)} in sigma` };
}

/** What a schedule is worth for classes that were planned for earlier or not at all. */
export function ratePlan(asked: PlanRequest, schedule: GateSchedule, scanGates: number): GatePlan {
  const request = { ...asked, classes: knownClasses(asked) };
  return asPlan(request, scaleOf(request), schedule, scanGates);
}

function knownClasses({ classes, pulsesPerGate, terms, uniform }: PlanRequest): DepthClass[] {
  const light = { pulsesPerGate, widthNs: uniform.widthNs };
  const gates = allOf(uniform.delaysNs.length);
  const made = terms.termsOf(classes, light, uniform.delaysNs);
  return classes.filter((_, i) => timeVarianceNs2(sumsOf(made[i]!, gates)) < UNKNOWN_NS2);
}

/** Variances of the uniform schedule: the unit of all others. */
interface Scale {
  readonly light: GateLight;
  readonly variances: readonly number[];
  readonly meanVariance: number;
  readonly pixels: number;
}

function scaleOf({ classes, pulsesPerGate, terms, uniform }: PlanRequest): Scale {
  const light = { pulsesPerGate, widthNs: uniform.widthNs };
  const gates = allOf(uniform.delaysNs.length);
  const variances = terms
    .termsOf(classes, light, uniform.delaysNs)
    .map((one) => timeVarianceNs2(sumsOf(one, gates)));
  const pixels = classes.reduce((sum, one) => sum + one.pixels, 0);
  const meanVariance =
    variances.reduce((sum, variance, i) => sum + classes[i]!.pixels * variance, 0) / pixels;
  return { light, variances, meanVariance, pixels };
}

function planOfWidth(request: PlanRequest, scale: Scale, widthNs: number): GatePlan | undefined {
  const { scanShare } = request;
  for (const share of [scanShare, scanShare + MORE_SCAN * (1 - scanShare)]) {
    const plan = planOfShare(request, scale, widthNs, share);
    if (plan.leastGain >= LEAST_GAIN) return plan;
  }
  return undefined;
}

function planOfShare(request: PlanRequest, scale: Scale, widthNs: number, scanShare: number): GatePlan {
  const { classes, pulsesPerGate, terms, uniform } = request;
  const planes = uniform.delaysNs.length;
  const scan = scanDelays(uniform.delaysNs, Math.round(scanShare * planes));
  const search = new ScheduleSearch(
    (delaysNs) => terms.termsOf(classes, { pulsesPerGate, widthNs }, delaysNs),
    scale,
  );
  const delaysNs = search.best(scan, candidates(uniform.delaysNs), planes);
  return asPlan(request, scale, { delaysNs, widthNs }, scan.length);
}

/** Uniform gates thinned out evenly. */
function scanDelays(uniformNs: readonly number[], count: number): number[] {
  const step = uniformNs.length / count;
  return Array.from({ length: count }, (_, i) => uniformNs[Math.floor((i + 0.5) * step)]!);
}

function candidates(uniformNs: readonly number[]): number[] {
  const first = Math.min(...uniformNs);
  const count = Math.floor((Math.max(...uniformNs) - first) / CANDIDATE_STEP_NS) + 1;
  return Array.from({ length: count }, (_, i) => first + i * CANDIDATE_STEP_NS);
}

function allOf(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function sumsOf({ prior, terms }: ClassTerms, gates: readonly number[]): Float64Array {
  const sums = prior.slice();
  for (const gate of gates) for (let t = 0; t < TERMS; t++) sums[t]! += terms[TERMS * gate + t]!;
  return sums;
}

/** Greedy choice of gates, then exchanges: the candidate set is small enough for all of it to be tried. */
class ScheduleSearch {
  readonly #make: (delaysNs: readonly number[]) => ClassTerms[];
  readonly #scale: Scale;

  constructor(make: (delaysNs: readonly number[]) => ClassTerms[], scale: Scale) {
    this.#make = make;
    this.#scale = scale;
  }

  /** @returns `planes` delays by rising time, the scan's among them. */
  best(scanNs: readonly number[], candidatesNs: readonly number[], planes: number): number[] {
    const delaysNs = [...candidatesNs, ...scanNs];
    const classes = this.#make(delaysNs);
    const scan = scanNs.map((_, i) => candidatesNs.length + i);
    const sums = classes.map((one) => sumsOf(one, scan));
    const chosen: number[] = [];
    while (chosen.length + scan.length < planes) chosen.push(this.#place(classes, sums, candidatesNs.length));
    for (let pass = 0; pass < EXCHANGE_PASSES; pass++)
      if (!this.#exchange(classes, sums, chosen, candidatesNs.length)) break;
    return [...scan, ...chosen].map((gate) => delaysNs[gate]!).sort((a, b) => a - b);
  }

  /** Adds the candidate that helps most to the sums. */
  #place(classes: readonly ClassTerms[], sums: readonly Float64Array[], count: number): number {
    let best = 0;
    let least = Infinity;
    for (let gate = 0; gate < count; gate++) {
      const cost = this.#cost(classes, sums, gate);
      if (cost >= least) continue;
      least = cost;
      best = gate;
    }
    add(classes, sums, best, 1);
    return best;
  }

  /** @returns whether a gate has moved. */
  #exchange(
    classes: readonly ClassTerms[],
    sums: readonly Float64Array[],
    chosen: number[],
    count: number,
  ): boolean {
    let hasMoved = false;
    for (let i = 0; i < chosen.length; i++) {
      const before = chosen[i]!;
      add(classes, sums, before, -1);
      chosen[i] = this.#place(classes, sums, count);
      hasMoved ||= chosen[i] !== before;
    }
    return hasMoved;
  }

  /**
   * Half the mean of the pixels' variances over those of uniform gates (each weighs by its own 1/sigma^2), half the ratio
   * of the mean variances; classes that lose weigh more.
   */
  #cost(classes: readonly ClassTerms[], sums: readonly Float64Array[], gate: number): number {
    const { meanVariance, pixels, variances } = this.#scale;
    const trial = new Float64Array(TERMS);
    let cost = 0;
    for (let i = 0; i < classes.length; i++) {
      const { terms, pixels: count } = classes[i]!;
      const base = sums[i]!;
      for (let t = 0; t < TERMS; t++) trial[t] = base[t]! + terms[TERMS * gate + t]!;
      const variance = timeVarianceNs2(trial);
      const ratio = variance / variances[i]!;
      const loss = count > SMALL_SHARE * pixels ? Math.max(0, ratio - ALLOWED_LOSS ** 2) : 0;
      cost += count * (0.5 * ratio + (0.5 * variance) / meanVariance + LOSS_WEIGHT * loss * loss);
    }
    return cost / pixels;
  }
}

function add(
  classes: readonly ClassTerms[],
  sums: readonly Float64Array[],
  gate: number,
  sign: 1 | -1,
): void {
  for (let i = 0; i < classes.length; i++) {
    const { terms } = classes[i]!;
    for (let t = 0; t < TERMS; t++) sums[i]![t]! += sign * terms[TERMS * gate + t]!;
  }
}

function asPlan(request: PlanRequest, scale: Scale, schedule: GateSchedule, scanGates: number): GatePlan {
  const { classes, pulsesPerGate, terms } = request;
  const { delaysNs, widthNs } = schedule;
  const gates = allOf(delaysNs.length);
  const made = terms.termsOf(classes, { pulsesPerGate, widthNs }, delaysNs);
  const variances = made.map((one) => timeVarianceNs2(sumsOf(one, gates)));
  const mean = (value: (i: number) => number) =>
    classes.reduce((sum, one, i) => sum + one.pixels * value(i), 0) / scale.pixels;
  const ratio = (i: number) => variances[i]! / scale.variances[i]!;
  const large = classes.flatMap((one, i) => (one.pixels > SMALL_SHARE * scale.pixels ? [ratio(i)] : []));
  const gain = classes.length > 0 ? 1 / Math.sqrt(mean(ratio)) : 1;
  return {
    delaysNs,
    widthNs,
    scanGates,
    pulsesPerGate,
    gain,
    leastGain: large.length > 0 ? 1 / Math.sqrt(Math.max(...large)) : 1,
    medianSigmaM: RANGE_M_PER_NS * Math.sqrt(medianOf(classes, variances)),
    rmsSigmaM: classes.length > 0 ? RANGE_M_PER_NS * Math.sqrt(mean((i) => variances[i]!)) : 0,
    brightShare: classes.length > 0 ? mean((i) => (made[i]!.peakShare > BRIGHT_LEVEL ? 1 : 0)) : 0,
    reason: `${delaysNs.length - scanGates} of ${delaysNs.length} gates where the ${classes.length} classes of returns tell most of their time`,
  };
}

/** Over pixels; 0 without any. */
function medianOf(classes: readonly DepthClass[], variances: readonly number[]): number {
  const order = variances.map((variance, i) => ({ variance, pixels: classes[i]!.pixels }));
  order.sort((a, b) => a.variance - b.variance);
  const half = order.reduce((sum, { pixels }) => sum + pixels, 0) / 2;
  let seen = 0;
  for (const { pixels, variance } of order) {
    seen += pixels;
    if (seen >= half) return variance;
  }
  return 0;
}
