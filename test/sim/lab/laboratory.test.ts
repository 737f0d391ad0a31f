import { describe, expect, it } from "vitest";
import { Laboratory, type Shelf } from "../../../sim/lab/laboratory.ts";
import { laser, led } from "../emitter/sources.ts";
import { inasFilm, nanoplatelets, superlattice } from "../material/films.ts";
import { inas, phototransistor } from "./devices.ts";

const plateletDiode = (process: string) => ({
  ...inas,
  name: `platelets-${process}`,
  material: "cdse",
  process,
  responseModel: "material" as const,
  thicknessNm: 2000,
  areaCm2: 1e-6,
});

const named = {
  devices: [inas, phototransistor, plateletDiode("300"), plateletDiode("350")],
  materials: [inasFilm, nanoplatelets, superlattice],
  sources: [led, laser],
  cells: [
    {
      name: "cell",
      title: "Cell",
      type: "single-junction" as const,
      efficiency: { am15: 0.073 },
      published: [],
    },
  ],
};

function find<Item extends { readonly name: string }>(items: readonly Item[]): (name: string) => Item {
  return (name) => {
    const item = items.find((each) => each.name === name);
    if (item === undefined) throw new RangeError(`no ${name}`);
    return item;
  };
}

const shelf: Shelf = {
  devices: named.devices.map(({ name }) => name),
  materials: named.materials.map(({ name }) => name),
  sources: named.sources.map(({ name }) => name),
  cells: named.cells.map(({ name }) => name),
  loadDevice: find([...named.devices, plateletDiode("20")]),
  loadMaterial: find(named.materials),
  loadSource: find([
    ...named.sources,
    {
      type: "pulsed-laser" as const,
      name: "pulsed",
      title: "Pulsed",
      wavelengthNm: 940,
      pulseWidthNs: 39,
      repetitionHz: 1e6,
      peakPowerW: 1,
    },
  ]),
  loadCell: find(named.cells),
  loadSun: () => ({
    name: "sun",
    title: "Sun",
    wavelengthsNm: [300, 1300],
    values: [1, 1],
    unit: "W/m2/nm",
    relativeError: 0,
    published: [],
  }),
};
const laboratory = new Laboratory(shelf);

/** Samples until a long pulse's decay falls from 90 to 10 %, over the rate. */
function fallTimeS(device: string): number {
  const sampleRateHz = 1e12;
  const wave = laboratory.device(device).transient({
    biasV: -1,
    light: { wavelengthNm: 930, powerW: 1e-3 },
    sampleRateHz,
    samples: 20_000,
    seed: 1,
    pulseWidthS: 10e-9,
    repetitionHz: 1e7,
    averages: 1e12,
  });
  const tail = wave.slice(10_000).map((x) => x / wave[9_999]!);
  return (tail.findIndex((x) => x < 0.1) - tail.findIndex((x) => x < 0.9)) / sampleRateHz;
}

describe("Laboratory", () => {
  it("lists and opens what stands on its shelf", () => {
    expect(laboratory.devices.map((name) => laboratory.device(name).name)).toEqual(laboratory.devices);
    expect(laboratory.materials.map((name) => laboratory.material(name).name)).toEqual(laboratory.materials);
    expect(laboratory.sources.map((name) => laboratory.source(name).type)).toEqual(["led", "pumped-laser"]);
    const { incidentWPerCm2, electricalWPerCm2 } = laboratory.cell("cell").maximumPower("am15");
    expect([incidentWPerCm2, electricalWPerCm2]).toEqual([0.1, 0.1 * 0.073]);
  });

  it("refuses a pulsed laser as a sample", () => {
    expect(() => laboratory.source("pulsed")).toThrow(/pulsed is a pulsed-laser: expected/);
  });

  it("chain anneal -> mobility -> transit -> fall time: faster as (1 + c) tau grows", () => {
    // Drift limited: 2 um, some cm2/Vs, 1.3 V; mobility ratio (69 x 0.33) / (44 x 0.13).
    const ratio = fallTimeS("platelets-300") / fallTimeS("platelets-350");
    expect(ratio).toBeGreaterThan(1);
    expect(ratio / ((69 * 0.33) / (44 * 0.13))).toBeCloseTo(1, 1);
    expect(() => fallTimeS("platelets-20")).toThrow(/20 degC.*250 to 350/);
  });
});
