import { linearSpace } from "../analysis/sampling.ts";
import type { BenchFigure } from "../bench-result.ts";
import type { DeviceBench } from "../laboratory.ts";
import type { BenchContext, Experiment } from "../run/experiment.ts";
import { DeviceStation, deviceReaders } from "./device-readers.ts";
import { diodesOf, figuresOf, isReviewDevice, sourceOf } from "./device-subjects.ts";
import { readFigures } from "./published.ts";

/** Quantities that other experiments measure. */
const ELSEWHERE = ["eqe", "noiseCorner", "noiseOverShot", "detectivity", "fallTime", "fallTimeOverInas"];

/** Current against voltage in the dark, and what else a paper says of a diode's stack. */
export const jv: Experiment = {
  name: "jv",
  title: "Current against voltage in the dark, rectification",
  subjects: (context) =>
    diodesOf(context).filter((name) => !isReviewDevice(context, name) && own(context, name).length > 0),
  measure(context, subject) {
    const station = new DeviceStation(context, subject);
    const figures = own(context, subject);
    const results = readFigures(this.name, subject, figures, deviceReaders(station));
    const ratio = figures.find(({ quantity }) => quantity === "rectification")?.values[0];
    return { results, figures: [jvFigure(station.device, sourceOf(figures, "rectification"), ratio)] };
  },
};

function own(context: BenchContext, name: string) {
  return figuresOf(context, name).filter(({ quantity }) => !ELSEWHERE.includes(quantity));
}

/** @param ratio printed rectification at 1 V: a ring at so many times the reverse current. */
function jvFigure(device: DeviceBench, source: string, ratio: number | undefined): BenchFigure {
  const density = (biasV: number) => Math.abs(device.current({ biasV })) / device.areaCm2;
  const voltages = linearSpace(-1, 1, 81).map((v) => Math.round(v * 1000) / 1000);
  return {
    experiment: "jv",
    title: `${device.title}: dark current`,
    source,
    x: { label: "voltage", unit: "V", scale: "linear" },
    y: { label: "|current density|", unit: "A/cm²", scale: "log" },
    series: [
      {
        label: device.name,
        from: "simulated",
        x: voltages,
        y: voltages.map(density),
      },
      ...(ratio === undefined
        ? []
        : [
            {
              label: `${ratio} times that at -1 V`,
              from: "paper" as const,
              x: [1],
              y: [ratio * density(-1)],
            },
          ]),
    ],
  };
}
