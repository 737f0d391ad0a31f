import type { CalibratedProfile } from "../analysis/gate-correction.ts";
import type { DepthFrame } from "../camera/frame.ts";
import { type DepthClass, depthClasses } from "./depth-classes.ts";
import { TermMaker } from "./gate-terms.ts";
import { type GatePlan, type GateSchedule, type PlanRequest, planGates, ratePlan } from "./plan-gates.ts";
import { mostPulses, type PulseBudgetOptions, type PulseLimit, pulsesForTarget } from "./pulse-budget.ts";

export interface PlannerOptions {
  /** Share of the gate planes that stay spread over the range window, so that new objects are found; default 0.25. */
  readonly scanShare?: number;
  /** Gate widths to choose from, as factors of the profile's; default 1, 1.6 and 2.6. */
  readonly widthFactors?: readonly number[];
  /** Choose the pulses, too; left out: they stay. */
  readonly budget?: PulseBudgetOptions;
  /** Frames after which one is taken with uniform gates again, 0 = never; default 32. */
  readonly rescanFrames?: number;
}

/** A plan and what its pulses are limited by; "kept" without a budget. */
export interface FramePlanned extends GatePlan {
  readonly pulseLimit: PulseLimit | "kept";
}

const DEFAULTS = { scanShare: 0.25, widthFactors: [1, 1.6, 2.6], rescanFrames: 32 } as const;
/** A plan stays while it is within this factor of the best one in sigma, and of the target. */
const GOOD_ENOUGH = 1.03;
/** Pulses stay within this factor of what the budget says. */
const PULSES_ENOUGH = 1.1;
/** Frame with ranges in so much fewer pixels than the last scan had: what was there has gone out of the gates. */
const LOST_SHARE = 0.1;

/** Fewer pixels with a range than this share of a frame are taken for noise. */
const SEEN_SHARE = 0.005;

/** Decides from each frame with which gates the next one is taken. Pure: knows profile and frames, and no device. */
export class GatePlanner {
  readonly uniform: FramePlanned;
  readonly #profile: CalibratedProfile;
  readonly #options: Required<Omit<PlannerOptions, "budget">> & Pick<PlannerOptions, "budget">;
  #sinceScan = 0;
  #validAtScan = 0;

  constructor(profile: CalibratedProfile, pulsesPerGate: number, options: PlannerOptions = {}) {
    this.#profile = profile;
    this.#options = { ...DEFAULTS, ...options };
    this.uniform = {
      ...this.#schedule(),
      scanGates: profile.gates.delaysNs.length,
      pulsesPerGate,
      gain: 1,
      leastGain: 1,
      medianSigmaM: 0,
      rmsSigmaM: 0,
      brightShare: 0,
      reason: "uniform: a scan",
      pulseLimit: "kept",
    };
  }

  /** @returns what the next frame shall be taken with, from a frame that was taken with `present`; the same object to go on. */
  next(frame: DepthFrame, present: FramePlanned): FramePlanned {
    const isScan = present.scanGates === present.delaysNs.length;
    const { validPixels } = frame.counters;
    this.#sinceScan = isScan ? 0 : this.#sinceScan + 1;
    if (isScan) this.#validAtScan = validPixels;
    if (this.#isScanDue(validPixels))
      return { ...this.uniform, pulsesPerGate: present.pulsesPerGate, pulseLimit: present.pulseLimit };
    const isSeen = validPixels > SEEN_SHARE * frame.flags.length;
    const classes = isSeen ? depthClasses(frame, this.#profile.readout.timeOffsetNs) : [];
    const best = this.#best(frame, present, classes);
    return this.#isEnough(frame, present, best, classes) ? present : best;
  }

  #schedule(): GateSchedule {
    const { delaysNs, widthsNs } = this.#profile.gates;
    return { delaysNs, widthNs: widthsNs[0]! };
  }

  #isScanDue(validPixels: number): boolean {
    const { rescanFrames } = this.#options;
    if (this.#sinceScan === 0) return false;
    return (
      (rescanFrames > 0 && this.#sinceScan >= rescanFrames) ||
      validPixels < (1 - LOST_SHARE) * this.#validAtScan
    );
  }

  /** Of each width with the pulses that it may have: the smallest sigma, or the fewest pulses for the target. */
  #best(frame: DepthFrame, present: FramePlanned, classes: readonly DepthClass[]): FramePlanned {
    const { budget, widthFactors } = this.#options;
    const widthNs = this.#schedule().widthNs;
    if (budget === undefined) {
      const widthsNs = widthFactors.map((factor) => factor * widthNs);
      const plan = planGates(this.#request(frame, present, classes, present.pulsesPerGate, widthsNs));
      return { ...plan, pulseLimit: "kept" };
    }
    const plans = widthFactors.map((factor) =>
      this.#withBudget(frame, present, classes, factor * widthNs, budget),
    );
    return plans.reduce((one, other) => (isBetter(other, one) ? other : one));
  }

  #withBudget(
    frame: DepthFrame,
    present: FramePlanned,
    classes: readonly DepthClass[],
    widthNs: number,
    budget: PulseBudgetOptions,
  ): FramePlanned {
    const most = mostPulses(this.#profile, frame, present, widthNs, budget);
    const request = (pulses: number) => this.#request(frame, present, classes, pulses, [widthNs]);
    const plan = planGates(request(most.pulsesPerGate));
    const { targetSigmaM } = budget;
    if (targetSigmaM === undefined || classes.length === 0) return { ...plan, pulseLimit: most.limit };
    const rated = (pulses: number) => ratePlan(request(pulses), plan, plan.scanGates);
    const few = pulsesForTarget(most, targetSigmaM, (pulses) => rated(pulses).medianSigmaM);
    return { ...rated(few.pulsesPerGate), reason: plan.reason, pulseLimit: few.limit };
  }

  #request(
    frame: DepthFrame,
    present: FramePlanned,
    classes: readonly DepthClass[],
    pulsesPerGate: number,
    widthsNs: readonly number[],
  ): PlanRequest {
    return {
      classes,
      terms: new TermMaker(this.#profile, frame.temperatureC, present),
      uniform: this.#schedule(),
      pulsesPerGate,
      scanShare: this.#options.scanShare,
      widthsNs,
    };
  }

  #isEnough(
    frame: DepthFrame,
    present: FramePlanned,
    best: FramePlanned,
    classes: readonly DepthClass[],
  ): boolean {
    if (classes.length === 0) return best.scanGates === present.scanGates;
    const request = this.#request(frame, present, classes, present.pulsesPerGate, [present.widthNs]);
    const rated = ratePlan(request, present, present.scanGates);
    const { budget } = this.#options;
    if (budget === undefined) return rated.gain * GOOD_ENOUGH >= best.gain;
    const most = mostPulses(this.#profile, frame, present, present.widthNs, budget);
    if (present.pulsesPerGate > PULSES_ENOUGH * most.pulsesPerGate) return false;
    if (best.pulseLimit === "target sigma")
      return (
        rated.medianSigmaM <= GOOD_ENOUGH * (budget.targetSigmaM ?? 0) &&
        present.pulsesPerGate <= PULSES_ENOUGH * best.pulsesPerGate
      );
    return rated.medianSigmaM <= GOOD_ENOUGH * best.medianSigmaM;
  }
}

function isBetter(one: FramePlanned, other: FramePlanned): boolean {
  const isEnough = (plan: FramePlanned) => plan.pulseLimit === "target sigma";
  if (isEnough(one) !== isEnough(other)) return isEnough(one);
  return isEnough(one) ? one.pulsesPerGate < other.pulsesPerGate : one.medianSigmaM < other.medianSigmaM;
}
