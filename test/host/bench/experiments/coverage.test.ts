import { describe, expect, it } from "vitest";
import { EXPERIMENTS } from "../../../../host/bench/experiments/all.ts";
import { runBench } from "../../../../host/bench/run/run-bench.ts";
import { findFile, readDocument } from "../../../../hw-profiles/load/document-files.ts";
import { CHOI_2021 } from "../../../hw-profiles/papers/choi2021.ts";
import { FILMS } from "../../../hw-profiles/papers/films.ts";
import { CELLS, IMAGERS, LASERS } from "../../../hw-profiles/papers/review.ts";
import { TABLE_4 } from "../../../hw-profiles/papers/table4.ts";
import { parseFigure } from "../../../hw-profiles/papers/transcription.ts";
import { benchWith } from "../support/benches.ts";

/** What the papers print of no document's own: typed from the papers. */
const OTHERS = [
  "inas-me eqePeakWavelength 930..940 nm",
  "inas-me absorptionHalfWidth 60 meV",
  "inas-me responsivity 0.135 A/W",
  "inas-me noiseCurrent1kHz 7.5e-14 A/rtHz",
  "inas-me filmCapacitance 10..100 nF/cm2",
  "inas-me rcRiseTime 10..100 ns",
  "inas-me area 0.8 mm2",
  "inas-me pulseWidth 39 ns",
  "inas-me repetition 1e6 Hz",
  "inas-me powerExponent 1 1",
  "perovskite-led lambertianExponent 1 1",
];

/** Followed from the papers' figures by hand; three digits. */
const DERIVED = [
  "inas-me timeConstant 29.6e-9 s",
  "pbs-reference timeConstant 113.8e-9 s",
  "inas-me bandwidth 5.38e6 Hz",
  "pbs-reference bandwidth 1.40e6 Hz",
  "inas-me whiteNoiseCurrent 2.26e-14 A/rtHz",
  "inas-me shotNoiseLimit 1.13e-14 A/rtHz",
  "inas-me equivalentDarkCurrent 3.99e-10 A",
  "inas-me equivalentDarkCurrentDensity 4.99e-8 A/cm2",
  "perovskite-led t50At100 2260 h",
];

const { results } = await runBench(
  EXPERIMENTS.filter(({ name }) => name !== "imagers"),
  benchWith(),
);

function split(line: string) {
  const [subject = "", ...figure] = line.split(" ");
  return { subject, ...parseFigure(figure.join(" ")) };
}

function found(subject: string, quantity: string) {
  return results.filter((result) => result.subject === subject && result.quantity === quantity);
}

const PAPERS = { ...CHOI_2021, ...TABLE_4, ...IMAGERS, ...LASERS, ...CELLS, ...FILMS };

describe("every figure of the papers is on the bench", () => {
  it.each(Object.entries(PAPERS))("%s", (document, { figures }) => {
    const subject = document.split("/")[1] ?? "";
    for (const line of new Set(figures)) {
      const { quantity, values, unit } = parseFigure(line);
      const printed = values.length === 1 ? values[0] : values;
      const expected = figures.filter((other) => {
        const figure = parseFigure(other);
        return figure.quantity === quantity && `${figure.values}` === `${values}`;
      }).length;
      const same = found(subject, quantity).filter(
        (result) => `${result.paper}` === `${printed}` && result.unit === unit,
      );
      expect(same.length, `${subject}: ${line}`).toBeGreaterThanOrEqual(expected);
    }
  });

  it.each(OTHERS)("%s", (line) => {
    const { subject, quantity, values } = split(line);
    expect(found(subject, quantity).map(({ paper }) => `${paper}`)).toContain(`${values}`);
  });

  it.each(DERIVED)("%s", (line) => {
    const { subject, quantity, values } = split(line);
    const near = found(subject, quantity).filter(
      ({ paper }) => Math.abs(Number(paper) / values[0]! - 1) < 0.004,
    );
    expect(near.length).toBeGreaterThan(0);
  });
});

describe("results", () => {
  it("all agree", () => {
    expect(results.length).toBeGreaterThan(300);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
  });

  it("name their place in a paper, and flags stay", () => {
    for (const { source, unit } of results) {
      expect(source).toMatch(/^(choi2021|meng2024|zhang2023|chen2023|enomoto2024)\b/);
      expect(unit).not.toBe("");
    }
    const flags = results.map(({ flag }) => flag ?? "").join("\n");
    expect(flags).toContain("128 nm");
    expect(flags).toContain("40 mW/cm2");
  });

  it("the bars of choi2021: 65 +-2 ns, 250 +-8 ns, 1.6e11 Jones +-5 %, EQE +-1 %", () => {
    const value = (subject: string, quantity: string) => Number(found(subject, quantity)[0]?.simulated);
    expect(Math.abs(1e9 * value("inas-me", "fallTime") - 65)).toBeLessThan(2);
    expect(Math.abs(1e9 * value("pbs-reference", "fallTime") - 250)).toBeLessThan(8);
    expect(Math.abs(value("inas-me", "detectivity") / 1.6e11 - 1)).toBeLessThan(0.05);
    const eqe = found("inas-me", "eqe").map(({ simulated }) => Number(simulated));
    expect(Math.abs(eqe[0]! / 0.18 - 1)).toBeLessThan(0.01);
    expect(Math.abs(eqe[1]! / 0.36 - 1)).toBeLessThan(0.01);
  });

  it("emergent is the bandwidth of the devices whose document gives a fall time alone", () => {
    const emergent = results.filter(({ kind }) => kind === "emergent");
    expect(emergent.map(({ quantity, subject }) => `${subject} ${quantity}`).sort()).toEqual([
      "inas-me bandwidth",
      "inas-me-amplitude bandwidth",
      "pbs-reference bandwidth",
    ]);
    for (const { subject } of emergent)
      expect(readDocument(findFile("detector", subject))).not.toHaveProperty("device.speedPoints");
  });

  it("a figure that a document's value was solved from is derived, and says so", () => {
    const solved = results.filter(({ quantity }) => quantity === "detectivity");
    expect(solved.length).toBeGreaterThan(20);
    for (const result of solved) {
      expect(result.kind).toBe("derived");
      expect(result.conditions).toContain("worked out from this D*");
      // The documents say the same in their sources, or of the amplitude reading: as inas-me.
      expect(JSON.stringify(readDocument(findFile("detector", result.subject)))).toMatch(
        /derived: (D\*|as for inas-me)|D\* \S+ Jones/,
      );
    }
    for (const line of ["meng-ref92-photoconductor", "meng-ref95-phototransistor"])
      expect(found(line, "responsivity")[0]).toMatchObject({
        kind: "derived",
        conditions: expect.stringContaining("worked out from this responsivity"),
      });
  });
});
