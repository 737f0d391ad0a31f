import { describe, expect, it } from "vitest";
import { AnalysisError } from "../../../../host/bench/analysis/analysis-error.ts";
import type { BenchResult } from "../../../../host/bench/bench-result.ts";
import { EXPERIMENTS } from "../../../../host/bench/experiments/all.ts";
import type { BenchContext, Experiment } from "../../../../host/bench/run/experiment.ts";
import { type BenchProgress, runBench } from "../../../../host/bench/run/run-bench.ts";
import { selectExperiments } from "../../../../host/bench/run/select.ts";

const result: BenchResult = {
  experiment: "a",
  subject: "x",
  source: "paper",
  quantity: "q",
  paper: 1,
  simulated: 1,
  unit: "1",
  tolerance: 0,
  kind: "input",
  ok: true,
};

function experiment(name: string, subjects: readonly string[]): Experiment {
  return {
    name,
    title: name,
    subjects: () => subjects,
    measure: (_, subject) => ({ results: [{ ...result, experiment: name, subject }], figures: [] }),
    overview: (results) => [
      {
        experiment: name,
        title: `${results.length} subjects`,
        source: "",
        x: { label: "x", unit: "", scale: "linear" },
        y: { label: "y", unit: "", scale: "linear" },
        series: [],
      },
    ],
  };
}

const context = {} as BenchContext;

describe("run", () => {
  it("tells name, subject and share, and ends with the overviews", async () => {
    const seen: BenchProgress[] = [];
    const outcome = await runBench([experiment("a", ["x", "y"]), experiment("b", ["z"])], context, {
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.map(({ experiment: name, subject }) => `${name} ${subject}`)).toEqual(["a x", "a y", "b z"]);
    expect(seen.map(({ share }) => share)).toEqual([0, 1 / 3, 2 / 3]);
    expect(outcome.figures.map(({ title }) => title)).toEqual(["2 subjects", "1 subjects"]);
    expect(outcome).toMatchObject({ interrupted: false, results: { length: 3 } });
  });

  it("cancelled between subjects, keeps what was found", async () => {
    let measured = 0;
    const outcome = await runBench([experiment("a", ["x", "y", "z"])], context, {
      onResults: () => measured++,
      isCancelled: () => measured === 2,
    });
    expect(outcome.interrupted).toBe(true);
    expect(outcome.results.map(({ subject }) => subject)).toEqual(["x", "y"]);
  });
});

it("an analysis that finds nothing names experiment and subject", async () => {
  const failing: Experiment = {
    ...experiment("fall-time", ["inas-me"]),
    measure: () => {
      throw new AnalysisError("found no fall, expected a longer period");
    },
  };
  await expect(runBench([failing], context)).rejects.toThrow(
    "fall-time of inas-me: found no fall, expected a longer period",
  );
});

describe("names of experiments", () => {
  it("all without a name, else in the bench's order", () => {
    expect(selectExperiments(EXPERIMENTS, [])).toHaveLength(EXPERIMENTS.length);
    expect(selectExperiments(EXPERIMENTS, ["noise", "jv"]).map(({ name }) => name)).toEqual(["jv", "noise"]);
  });

  it("an unknown one is refused with the nearest", () => {
    expect(() => selectExperiments(EXPERIMENTS, ["fal-time"])).toThrow(
      /found experiment "fal-time", expected one of jv, .*; did you mean fall-time\?/,
    );
  });

  it("are the documented ones", () => {
    expect(EXPERIMENTS.map(({ name }) => name)).toEqual(
      "jv eqe-bias eqe-spectrum noise detectivity fall-time bandwidth table4 imagers led ageing lasers drude-smith anneal superlattice temperature ligands cells ambient".split(
        " ",
      ),
    );
  });
});
