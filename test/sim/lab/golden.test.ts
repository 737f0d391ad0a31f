import { describe, expect, it } from "vitest";
import { DeviceBench } from "../../../sim/lab/device-bench.ts";
import { MaterialBench } from "../../../sim/lab/material-bench.ts";
import { nanoplatelets } from "../material/films.ts";
import { inas } from "./devices.ts";

// To the last bit: readings are the same on every machine and in every engine.
describe("golden readings", () => {
  const bench = new DeviceBench(inas);

  it("record with flicker", () => {
    expect([...bench.record({ biasV: 0, sampleRateHz: 1e5, samples: 3, seed: 1 })]).toEqual([
      -9.603985300953756e-12, -6.243428499062598e-12, -6.471809861953352e-12,
    ]);
  });

  it("transient around the end of a pulse", () => {
    const wave = bench.transient({
      biasV: -1,
      light: { wavelengthNm: 930, powerW: 1e-6 },
      sampleRateHz: 1e9,
      samples: 100,
      seed: 1,
      pulseWidthS: 39e-9,
      repetitionHz: 1e6,
      averages: 64,
    });
    expect([...wave.slice(38, 41)]).toEqual([
      -2.0577389359400796e-7, -2.3887133245899305e-7, -2.5727061536892926e-7,
    ]);
  });

  it("conductivity", () => {
    const { real } = new MaterialBench(nanoplatelets).conductivity({ process: "300", seed: 1 }, [1e12]);
    expect([...real]).toEqual([18.954136603620004]);
  });
});
