import type { PowerCellProfile } from "../../../hw-profiles/device-profile.ts";
import type { BenchFigure, BenchResult } from "../bench-result.ts";
import type { CellBench } from "../laboratory.ts";
import type { Experiment } from "../run/experiment.ts";
import { input, type Readers, readFigures } from "./published.ts";

type Lamp = Parameters<CellBench["maximumPower"]>[0];

const LAMPS: Readonly<Record<Lamp, string>> = {
  am15: "AM1.5",
  behindPerovskite: "behind perovskite",
  behindSilicon: "behind silicon",
  laser1550: "1550 nm beam",
};

/** Electrical power over incident light of every cell under the lamps that its paper used. */
export const cells: Experiment = {
  name: "cells",
  title: "Efficiency of solar and laser-power cells",
  subjects: ({ laboratory }) => laboratory.cells,
  measure(context, subject) {
    const document = context.documents.cell(subject);
    const cell = context.laboratory.cell(subject);
    return {
      results: readFigures(this.name, subject, document.published, readers(document, cell)),
      figures: [],
    };
  },
  overview: (results) => [efficiencyFigure(results)],
};

function readers(document: PowerCellProfile, cell: CellBench): Readers {
  return {
    // The document states the efficiency itself: electrical over incident power only brings it back.
    efficiency: ({ condition = "am15", reading }) => {
      const { electricalWPerCm2, incidentWPerCm2 } = cell.maximumPower(lampOf(condition));
      const simulated = electricalWPerCm2 / incidentWPerCm2;
      return reading === "above" ? { simulated, kind: "derived" } : input(simulated);
    },
    peak: () => input(document.peakNm),
    secondPeak: () => input(document.secondPeakNm),
  };
}

function lampOf(condition: string): Lamp {
  const lamp = (Object.keys(LAMPS) as Lamp[]).find((name) => name === condition);
  if (lamp !== undefined) return lamp;
  throw new RangeError(`found lamp "${condition}", expected one of ${Object.keys(LAMPS).join(", ")}`);
}

function efficiencyFigure(results: readonly BenchResult[]): BenchFigure {
  const peaks = results.filter(({ quantity }) => quantity === "peak");
  const lamps = (Object.keys(LAMPS) as Lamp[]).filter((lamp) => lamp !== "laser1550");
  return {
    experiment: "cells",
    title: "Efficiency of single-junction cells by exciton peak",
    source: "meng2024 Table 1",
    x: { label: "exciton peak", unit: "nm", scale: "linear" },
    y: { label: "efficiency", unit: "%", scale: "log" },
    series: lamps.map((lamp) => {
      const points = peaks.flatMap(({ subject, simulated }) => {
        const found = results.find(
          (result) =>
            result.subject === subject &&
            result.quantity === "efficiency" &&
            (result.conditions ?? "").split("; ").includes(lamp),
        );
        return found === undefined ? [] : [{ x: Number(simulated), y: 100 * Number(found.simulated) }];
      });
      return {
        label: LAMPS[lamp],
        from: "simulated" as const,
        marks: "points" as const,
        x: points.map(({ x }) => x),
        y: points.map(({ y }) => y),
      };
    }),
  };
}
