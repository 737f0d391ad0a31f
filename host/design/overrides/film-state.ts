// What a process makes of a material: mobility and absorption edge. Equations: hw-profiles/derive.

import { couplingRatio, layerShare } from "../../../hw-profiles/derive/coupling.ts";
import { layerGapNm } from "../../../hw-profiles/derive/separation.ts";
import { drudeSmithMobilityCm2PerVs } from "../../../hw-profiles/derive/transport.ts";
import type {
  AnnealedMaterial,
  AnnealStep,
  LinkerStep,
  MaterialProfile,
  SuperlatticeMaterial,
} from "../../../hw-profiles/device-profile.ts";
import { nearestName } from "../../../hw-profiles/resolve/nearest-name.ts";
import { DesignError } from "../design-error.ts";

export interface FilmState {
  readonly mobilityCm2PerVs: number;
  readonly edgeEv: number;
  /** What was read between or beyond the rows of the paper. */
  readonly notes: readonly string[];
}

/** Layers at which a shift counts as saturated [enomoto2024]. */
const SATURATED_LAYERS = 8;

/** The row of a table by its name. @throws DesignError with the nearest name. */
export function rowOf<Row>(
  material: MaterialProfile,
  word: string,
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  name: string,
): Row {
  const row = rows.find((each) => nameOf(each) === name);
  if (row !== undefined) return row;
  const known = rows.map(nameOf);
  const near = nearestName(name, known);
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  throw new DesignError(
    `set: found ${word}=${name}, expected one of ${known.join(", ")} for ${material.name}${hint}`,
  );
}

/** @throws DesignError without an effective mass, outside of the series, or where the series lacks the figures. */
export function annealedFilm(material: AnnealedMaterial, annealC: number, extrapolate: boolean): FilmState {
  const { effectiveMass } = material;
  if (effectiveMass === undefined) throw massless(material);
  const tau = seriesAt(material, annealC, extrapolate, (step) => step.scatteringTimeFs?.value);
  const c = seriesAt(material, annealC, extrapolate, (step) => step.persistence?.value);
  const gap = gapAt(material, annealC);
  const notes = tau.isBeyond
    ? [
        `extrapolated: ${material.name} was measured from ${tau.from} to ${tau.to} C; ${annealC} C lies outside`,
      ]
    : [];
  const persistence = Math.max(-1, Math.min(0, c.value));
  return {
    mobilityCm2PerVs: drudeSmithMobilityCm2PerVs(tau.value, persistence, effectiveMass),
    edgeEv: gap,
    notes,
  };
}

function massless({ name }: MaterialProfile): DesignError {
  return new DesignError(
    `material: found ${name} without an effective mass, from which mobility and coupling follow; declare effectiveMass in its document`,
  );
}

interface SeriesValue {
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly isBeyond: boolean;
}

/** Linear between the rows that hold the figure; beyond them along the last two, if the user extrapolates. */
function seriesAt(
  material: AnnealedMaterial,
  annealC: number,
  extrapolate: boolean,
  figure: (step: AnnealStep) => number | undefined,
): SeriesValue {
  const points = material.anneals.flatMap((step) => {
    const value = figure(step);
    return value === undefined ? [] : [{ at: step.annealC, value }];
  });
  const [from, to] = [points[0]?.at ?? Number.NaN, points.at(-1)?.at ?? Number.NaN];
  const isBeyond = !(annealC >= from && annealC <= to);
  if (points.length < 2 || (isBeyond && !extrapolate)) {
    throw new DesignError(
      `set: found anneal=${annealC}, expected ${from} to ${to} C, within which ${material.name} was measured; ` +
        "--extrapolate goes on along a straight line",
    );
  }
  const above = Math.min(
    points.length - 1,
    Math.max(
      1,
      points.findIndex(({ at }) => at >= annealC),
    ),
  );
  const last = annealC > to ? points.length - 1 : above;
  const [a, b] = [points[last - 1]!, points[last]!];
  return { value: a.value + ((b.value - a.value) * (annealC - a.at)) / (b.at - a.at), from, to, isBeyond };
}

/** The edge moves from that of the film as made to the gap of the hottest row; rows without one lie on the line between. */
function gapAt({ anneals, edgeEv }: AnnealedMaterial, annealC: number): number {
  const points = anneals.flatMap((step) =>
    step.gapEv === undefined ? [] : [{ at: step.annealC, ev: step.gapEv }],
  );
  const above = points.find(({ at }) => at >= annealC) ?? points.at(-1);
  if (above === undefined) return edgeEv;
  const below = points.findLast(({ at }) => at <= annealC) ?? {
    at: anneals[0]?.annealC ?? annealC,
    ev: edgeEv,
  };
  if (above.at <= below.at) return above.ev;
  return below.ev + ((above.ev - below.ev) * (annealC - below.at)) / (above.at - below.at);
}

/** @throws DesignError without an effective mass or a measured shift that sets the scale. */
export function superlatticeFilm(
  material: SuperlatticeMaterial,
  linker: LinkerStep,
  layers: number,
): FilmState {
  const { barrierEv, edgeEv, effectiveMass, linkers, mobilityCm2PerVs } = material;
  if (effectiveMass === undefined) throw massless(material);
  const scale = linkers.find(({ saturatedShiftMev }) => saturatedShiftMev !== undefined);
  const first = linkers[0];
  if (scale?.saturatedShiftMev === undefined || first === undefined) {
    throw new DesignError(
      `material: found ${material.name} without a measured shift of many layers, expected one linker with it`,
    );
  }
  const coupling = (reference: LinkerStep) =>
    couplingRatio(layerGapNm(material, linker), layerGapNm(material, reference), effectiveMass, barrierEv);
  const saturatedMev = scale.saturatedShiftMev * coupling(scale);
  const shiftMev = (saturatedMev * layerShare(layers)) / layerShare(SATURATED_LAYERS);
  return {
    mobilityCm2PerVs: mobilityCm2PerVs * coupling(first),
    edgeEv: edgeEv + shiftMev * 1e-3,
    notes: [],
  };
}
