import type { BenchFigure, BenchResult } from "../bench-result.ts";
import type { Experiment } from "../run/experiment.ts";
import { DeviceStation, deviceReaders } from "./device-readers.ts";
import { figuresOf, isReviewDevice } from "./device-subjects.ts";
import { readFigures } from "./published.ts";

/** Response, detectivity, efficiency and responsivity of every detector that the review lists. */
export const table4: Experiment = {
  name: "table4",
  title: "Detectors of the review's Table 4",
  subjects: (context) => context.laboratory.devices.filter((name) => isReviewDevice(context, name)),
  measure(context, subject) {
    const station = new DeviceStation(context, subject);
    const results = readFigures(this.name, subject, figuresOf(context, subject), deviceReaders(station));
    return { results, figures: [] };
  },
  overview: (results) => [
    againstReference(results, "detectivity", "Specific detectivity", "D*", "Jones"),
    againstReference(results, "responsivity", "Responsivity", "responsivity", "A/W"),
    againstReference(results, "fallTime", "Fall time", "fall time", "s"),
  ],
};

/** Reference of the review: "meng2024 Table 4, ref. 92". */
function referenceOf({ source }: BenchResult): number {
  return Number(/ref\. (\d+)/.exec(source)?.[1]);
}

function againstReference(
  results: readonly BenchResult[],
  quantity: string,
  title: string,
  label: string,
  unit: string,
): BenchFigure {
  const rows = results.filter((result) => result.quantity === quantity);
  const x = rows.map(referenceOf);
  const values = (read: (row: BenchResult) => BenchResult["paper"]) =>
    rows.map((row) => Number([read(row)].flat()[0]));
  return {
    experiment: "table4",
    title: `${title} of the review's detectors`,
    source: "meng2024 Table 4; bounds of the paper stand as their value",
    x: { label: "reference", unit: "", scale: "linear" },
    y: { label, unit, scale: "log" },
    series: [
      { label: "bench", from: "simulated", marks: "points", x, y: values((row) => row.simulated) },
      { label: "Table 4", from: "paper", x, y: values((row) => row.paper) },
    ],
  };
}
