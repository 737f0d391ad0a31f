import type { ReferenceParameters } from "./parameters.ts";
import { type GateShares, gateResponse } from "./response.ts";

const TEMPLATE_STEP_NS = 6.25;
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

export interface Tables {
  readonly templates: readonly Template[];
  readonly templateStepNs: number;
  /** Length of the range window. */
  readonly spanNs: number;
  /** Response to a return so many ns after the start of the window. */
  readonly respond: (positionNs: number) => GateShares;
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
  const respond = gateResponse(p);
  const spanNs = p.t0MaxNs - p.t0MinNs;
  const templateSteps = Math.ceil(spanNs / TEMPLATE_STEP_NS);
  const templateStepNs = spanNs / templateSteps;
  const templates = Array.from({ length: templateSteps + 1 }, (_, j) =>
    template(respond(Math.min(j * templateStepNs, spanNs)).shares, p.gainEPerDn),
  );
  return { templates, templateStepNs, spanNs, respond };
}
