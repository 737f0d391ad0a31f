import type { ReferenceParameters } from "./parameters.ts";
import { gateResponse } from "./response.ts";

const TEMPLATE_STEP_NS = 6.25;
const NODE_STEP_NS = 3.125;
const TEMPLATE_UNIT = 4096;

/** One template of the matched filter. */
export interface Template {
  /** Whole numbers whose sum is 0, one a gate. */
  readonly weights: readonly number[];
  /** f32: electrons of amplitude per unit of correlation. */
  readonly amplitudePerUnit: number;
  /** f32: mean share of the gates. */
  readonly meanShare: number;
}

/** The response at one return time: f32, one a gate; slopes are per node step. */
export interface Node {
  readonly shares: readonly number[];
  readonly slopes: readonly number[];
}

export interface Tables {
  readonly templates: readonly Template[];
  readonly templateStepNs: number;
  readonly nodes: readonly Node[];
  readonly nodeStepNs: number;
}

function template(shares: readonly number[], gainEPerDn: number): Template {
  let sum = 0;
  for (const share of shares) sum += share;
  const mean = sum / shares.length;
  let squares = 0;
  for (const share of shares) squares += (share - mean) * (share - mean);
  const norm = Math.sqrt(squares);
  const usable = norm > 1e-6;
  const factor = usable ? TEMPLATE_UNIT / norm : 0;
  let running = 0;
  let before = 0;
  const weights = shares.map((share) => {
    running += (share - mean) * factor;
    const rounded = Math.floor(running + 0.5);
    const weight = rounded - before;
    before = rounded;
    return weight;
  });
  const amplitudePerUnit = Math.fround(usable ? gainEPerDn / (TEMPLATE_UNIT * norm) : 0);
  return { weights, amplitudePerUnit, meanShare: Math.fround(mean) };
}

/** The tables that configure() builds. */
export function buildTables(p: ReferenceParameters): Tables {
  const response = gateResponse(p);
  const span = p.t0MaxNs - p.t0MinNs;
  const templateSteps = Math.ceil(span / TEMPLATE_STEP_NS);
  const nodeSteps = Math.ceil(span / NODE_STEP_NS);
  const templateStepNs = span / templateSteps;
  const nodeStepNs = span / nodeSteps;
  const gates = p.gateDelaysNs.map((_, k) => k);
  const templates = Array.from({ length: templateSteps + 1 }, (_, j) =>
    template(
      gates.map((k) => response.share(k, p.t0MinNs + j * templateStepNs)),
      p.gainEPerDn,
    ),
  );
  const nodes = Array.from({ length: nodeSteps + 1 }, (_, n) => {
    const t0 = p.t0MinNs + n * nodeStepNs;
    return {
      shares: gates.map((k) => Math.fround(response.share(k, t0))),
      slopes: gates.map((k) => Math.fround(response.slope(k, t0) * nodeStepNs)),
    };
  });
  return { templates, templateStepNs, nodes, nodeStepNs };
}
