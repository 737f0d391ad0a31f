import { describe, expect, it } from "vitest";
import { openLaboratory, packageShelf } from "../../../host/transport/sim/open-laboratory.ts";

/** A document that fails the test as soon as something reads the figures of its paper. */
function sealed<Document extends { readonly published: unknown }>(document: Document): Document {
  return Object.defineProperty({ ...document }, "published", {
    get(): never {
      throw new Error(`${JSON.stringify(document)}: its published figures were read`);
    },
  });
}

const shelf = packageShelf();
const laboratory = openLaboratory({
  ...shelf,
  loadDevice: (name) => sealed(shelf.loadDevice(name)),
  loadMaterial: (name) => sealed(shelf.loadMaterial(name)),
  loadCell: (name) => sealed(shelf.loadCell(name)),
  loadSun: () => sealed(shelf.loadSun()),
  loadSource: (name) => {
    const source = shelf.loadSource(name);
    return source.type === "pulsed-laser" ? source : sealed(source);
  },
});

const allFinite = (values: Float64Array) => values.every(Number.isFinite);

describe("openLaboratory", () => {
  it("has the devices of choi2021 and of the review's Table 4", () => {
    expect(laboratory.devices).toEqual(expect.arrayContaining(["inas-me", "inas-aa", "pbs-reference"]));
    expect(laboratory.devices.length).toBeGreaterThanOrEqual(21);
  });

  it.each(laboratory.devices)("%s answers to every instrument", (name) => {
    const device = laboratory.device(name);
    const setting = {
      light: { wavelengthNm: device.peakNm, powerW: 1e-9 },
      sampleRateHz: 1e6,
      samples: 100,
      seed: 1,
    };
    const inLight = Math.abs(device.current(setting));
    expect(inLight).toBeGreaterThan(Math.abs(device.current({})));
    expect(allFinite(device.record(setting))).toBe(true);
    const pulses = { ...setting, pulseWidthS: 1e-5, repetitionHz: 1e4, averages: 100 };
    expect(allFinite(device.transient(pulses))).toBe(true);
    expect(allFinite(device.modulated({ ...setting, frequencyHz: 1e5, depth: 0.5 }))).toBe(true);
  });

  it.each(laboratory.materials)("%s shows its lines in every process", (name) => {
    const film = laboratory.material(name);
    for (const process of film.processes) {
      const energies = Array.from({ length: 300 }, (_, i) => 0.4 + 0.01 * i);
      expect(Math.max(...film.luminescence({ process, seed: 1 }, energies))).toBeGreaterThan(1e4);
      expect(Math.max(...film.absorbance({ process, seed: 1 }, energies))).toBeGreaterThan(0.5);
    }
  });

  it.each(laboratory.sources)("%s emits more when driven harder", (name) => {
    const source = laboratory.source(name);
    const [low, high] = source.output([1, 2], 1);
    expect(high).toBeGreaterThan(low!);
  });

  it.each(laboratory.cells)("%s gives less than it gets", (name) => {
    const cell = laboratory.cell(name);
    const lamps = ["am15", "behindPerovskite", "behindSilicon", "laser1550"] as const;
    const readings = lamps.flatMap((lamp) => {
      try {
        return [cell.maximumPower(lamp)];
      } catch (error) {
        expect(String(error)).toMatch(/no efficiency under/);
        return [];
      }
    });
    expect(readings.length).toBeGreaterThan(0);
    for (const { incidentWPerCm2, electricalWPerCm2 } of readings) {
      expect(electricalWPerCm2).toBeGreaterThan(0);
      expect(electricalWPerCm2).toBeLessThan(incidentWPerCm2);
    }
  });

  it("says which documents there are", () => {
    expect(() => laboratory.device("inas-mee")).toThrow(/inas-me/);
  });
});
