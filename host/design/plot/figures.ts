import type { ColouredSeries, StackedFigure } from "../../bench/report/stacked-svg.ts";
import { formatSuns } from "../ambient.ts";
import type { DesignResult } from "../design.ts";
import type { Prediction } from "../predict.ts";
import type { Regime } from "../regime.ts";
import type { VerifiedCell } from "../verify/cells.ts";
import { isSamePoint } from "./design-csv.ts";

/** Where sigma means something to a reader of the plot. */
const SHOWN: readonly Regime[] = ["attainable", "clipped", "threshold"];
/** Of points at which fewer pixels have a range nothing is drawn. */
const LEAST_DETECTED = 0.1;

/** Sigma against range, both logarithmic: a figure a reflectance, a line a design and ambient, rings where it was measured. */
export function designFigures(
  designs: readonly DesignResult[],
  cells: readonly VerifiedCell[],
): StackedFigure[] {
  const points = designs.flatMap((design) => design.points);
  const reflectances = [...new Set(points.map(({ reflectance }) => reflectance))];
  return reflectances.map((reflectance) => ({
    title: `Standard deviation of the range, reflectance ${reflectance}`,
    x: { label: "range", unit: "m", scale: "log" },
    y: { label: "sigma", unit: "mm", scale: "log" },
    series: designs.flatMap((design, i) => seriesOf(design, i, reflectance, cells)),
  }));
}

function seriesOf(
  { label, points }: DesignResult,
  index: number,
  reflectance: number,
  cells: readonly VerifiedCell[],
): ColouredSeries[] {
  const own = points.filter((point) => point.reflectance === reflectance && isShown(point));
  const suns = [...new Set(points.map(({ ambientSun }) => ambientSun))];
  return suns.flatMap((ambientSun, k) => {
    const colour = index * suns.length + k;
    const line = own.filter((point) => point.ambientSun === ambientSun);
    const measured = cells.filter(
      ({ label: of, prediction }) => of === label && line.some((point) => isSamePoint(prediction, point)),
    );
    const name = `${label}, ambient ${formatSuns(ambientSun)}`;
    const drawn = {
      label: name,
      colour,
      from: "simulated" as const,
      x: line.map(({ rangeM }) => rangeM),
      y: line.map(({ sigmaM }) => 1000 * sigmaM),
    };
    if (measured.length === 0) return [drawn];
    const rings = {
      label: name,
      colour,
      from: "paper" as const,
      x: measured.map(({ prediction }) => prediction.rangeM),
      y: measured.map(({ measurement }) => 1000 * measurement.sigmaM),
    };
    return [drawn, rings];
  });
}

function isShown({ detectedShare, regime, sigmaM }: Prediction): boolean {
  return SHOWN.includes(regime) && detectedShare >= LEAST_DETECTED && Number.isFinite(sigmaM);
}
