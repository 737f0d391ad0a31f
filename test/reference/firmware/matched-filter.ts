import { gainE16, type PixelSamples } from "./correct.ts";
import type { ReferenceParameters } from "./parameters.ts";
import type { Tables, Template } from "./tables.ts";

/** Where scoring starts: amplitude and background in electrons (f32), position after the start of the window. */
export interface Start {
  readonly amplitudeE: number;
  readonly backgroundE: number;
  readonly positionNs: number;
}

function correlate(template: Template, codes: readonly number[]): number {
  return codes.reduce((sum, code, k) => sum + template.weights[k]! * code, 0);
}

function vertex(before: number, at: number, after: number): number {
  const curvature = before + after - 2 * at;
  if (curvature >= 0) return 0;
  return Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / curvature));
}

/** Mean of a pixel's gates, electrons. */
export function meanElectrons(p: ReferenceParameters, pixel: PixelSamples): number {
  // The module sums codes - 32768, so that they fit signed lanes; the rounding of the quotient depends on it.
  const sum = pixel.codes.reduce((total, code) => total + (code - 32768), 0);
  return ((sum / p.gates + 32768) * 16 - pixel.offsetDn16) * gainE16(p);
}

/** Best template, parabola, and the amplitude and background that go with it. */
export function matchedFilter(p: ReferenceParameters, tables: Tables, pixel: PixelSamples): Start {
  const correlations = tables.templates.map((template) => correlate(template, pixel.codes));
  let best = 0;
  correlations.forEach((value, j) => {
    if (value > correlations[best]!) best = j;
  });
  const inside = best > 0 && best + 1 < correlations.length;
  const bend = inside ? vertex(correlations[best - 1]!, correlations[best]!, correlations[best + 1]!) : 0;
  const positionNs = (best + bend) * tables.templateStepNs;
  const template = tables.templates[best]!;
  const amplitudeE = Math.fround(Math.max(correlations[best]! * template.amplitudePerUnit, 0));
  return {
    amplitudeE,
    backgroundE: Math.fround(meanElectrons(p, pixel) - amplitudeE * template.meanShare),
    positionNs: Math.max(0, Math.min(tables.spanNs, positionNs)),
  };
}
