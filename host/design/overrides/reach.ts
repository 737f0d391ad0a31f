import { NS_PER_RANGE_M, RANGE_M_PER_NS } from "../../../hw-profiles/derive/constants.ts";
import { DesignError } from "../design-error.ts";
import type { DesignParts } from "./parts.ts";

/** The range window ends this far beyond the reach, so that noise at the reach stays inside. */
const WINDOW_OVER_REACH = 1.08;
const [SHORTEST_M, LONGEST_M] = [1, 1000];
const U16_MAX = 65_535;
/** Gates before the laser's edge measure the background. */
const GATES_BEFORE = 2;

/**
 * Spread the gates evenly so that ranges up to `reachM` can be told: two gates before the laser's edge, the last one as long
 * after the window as in the document, for the fall of the last return; the step is the next that the delay line makes.
 * @throws DesignError
 */
export function applyReach(design: DesignParts, text: string, by: string): void {
  const reachM = text.trim() === "" ? Number.NaN : Number(text);
  if (!(reachM >= SHORTEST_M && reachM <= LONGEST_M)) {
    throw new DesignError(`set: found reach=${text}, expected a range from ${SHORTEST_M} to ${LONGEST_M} m`);
  }
  const sensor = (path: string) => design.number("sensor", path);
  const delays = design.leaf("sensor", "gates.delays").value as readonly number[];
  const lastNs = delays.at(-1) ?? 0;
  const tailNs = Math.max(0, lastNs - sensor("readout.t0Max"));
  const windowNs = WINDOW_OVER_REACH * reachM * NS_PER_RANGE_M + sensor("readout.timeOffset");
  const tapNs = 1e9 / (sensor("adc.clock") * sensor("roic.gatePhasesPerClock"));
  const steps = delays.length - 1 - GATES_BEFORE;
  const stepNs = Math.ceil((windowNs + tailNs) / Math.max(1, steps) / tapNs - 1e-6) * tapNs;
  const opened = delays.map((_, k) => (k - GATES_BEFORE) * stepNs);
  design.write("sensor", "gates.delays", opened, by);
  design.write("sensor", "readout.t0Max", windowNs, by);
  const scaleM = (RANGE_M_PER_NS * windowNs) / U16_MAX;
  if (scaleM > sensor("readout.rangeScale")) {
    design.write("sensor", "readout.rangeScale", Math.ceil(scaleM * 1e4) / 1e4, by);
  }
  design.notes.push(`gates every ${Number(stepNs.toPrecision(6))} ns, window to ${windowNs.toFixed(1)} ns`);
}
