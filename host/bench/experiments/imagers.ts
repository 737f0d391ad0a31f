import type { BenchFigure, BenchResult } from "../bench-result.ts";
import { measureImager } from "../measure/imaging.ts";
import { compare, type PaperFigure } from "../run/compare.ts";
import type { BenchContext, Experiment } from "../run/experiment.ts";
import { IMAGERS, type PrintedImager } from "./printed-imagers.ts";

/** Imagers of the review behind the whole imaging chain: light on the sensor to codes of the public camera. */
export const imagers: Experiment = {
  name: "imagers",
  title: "Readout-integrated imagers: efficiency through the camera",
  subjects: ({ documents }) =>
    IMAGERS.map(({ sensor }) => sensor).filter((sensor) => documents.imagers.includes(sensor)),
  async measure(context, subject) {
    const printed = IMAGERS.find(({ sensor }) => sensor === subject);
    if (printed === undefined) return { results: [], figures: [] };
    return { results: [...inputs(context, printed), await efficiency(context, printed)], figures: [] };
  },
  overview: (results) => [efficiencyFigure(results)],
};

async function efficiency(
  { documents, openCamera, seed, thorough }: BenchContext,
  printed: PrintedImager,
): Promise<BenchResult> {
  const { sensor, wavelengthNm, eqe, about, source } = printed;
  const settings = { seed, thorough };
  const found = await measureImager(openCamera, documents.imager(sensor), wavelengthNm, eqe, settings);
  return compare({
    experiment: "imagers",
    subject: sensor,
    figure: { quantity: "eqe", values: [eqe], unit: "1", source, reading: about ? "about" : "exact" },
    simulated: found.eqe,
    standardError: found.standardError,
    kind: "derived",
    conditions: `${wavelengthNm} nm, ${found.dnPerPhoton.toPrecision(3)} DN per photon, ${found.gainEPerDn.toPrecision(4)} electrons per DN, through the camera`,
  });
}

function inputs({ documents }: BenchContext, printed: PrintedImager): BenchResult[] {
  const { sensor, source, pitchUm, widthPx, heightPx } = printed;
  const { array } = documents.imager(sensor);
  const rows: readonly (readonly [string, number | undefined, number, string])[] = [
    ["pitch", pitchUm, array.pitchUm, "um"],
    ["width", widthPx, array.widthPx, "px"],
    ["height", heightPx, array.heightPx, "px"],
  ];
  return rows.flatMap(([quantity, value, simulated, unit]) => {
    if (value === undefined) return [];
    const figure: PaperFigure = { quantity, values: [value], unit, source, reading: "exact" };
    return [compare({ experiment: "imagers", subject: sensor, figure, simulated, kind: "input" })];
  });
}

function efficiencyFigure(results: readonly BenchResult[]): BenchFigure {
  const rows = results.filter(({ quantity }) => quantity === "eqe");
  const x = rows.map(
    ({ subject }) => IMAGERS.find(({ sensor }) => sensor === subject)?.wavelengthNm ?? Number.NaN,
  );
  return {
    experiment: "imagers",
    title: "Quantum efficiency of imagers, measured through the camera",
    source: "meng2024 CQD imagers",
    x: { label: "wavelength", unit: "nm", scale: "linear" },
    y: { label: "EQE", unit: "%", scale: "linear" },
    series: [
      {
        label: "camera",
        from: "simulated",
        marks: "points",
        x,
        y: rows.map((row) => 100 * Number(row.simulated)),
      },
      { label: "review", from: "paper", x, y: rows.map((row) => 100 * Number(row.paper)) },
    ],
  };
}
