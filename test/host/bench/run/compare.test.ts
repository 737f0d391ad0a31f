import { describe, expect, it } from "vitest";
import { compare, type Measurement, type PaperFigure } from "../../../../host/bench/run/compare.ts";

const figure: PaperFigure = {
  quantity: "fallTime",
  values: [65],
  unit: "ns",
  source: "choi2021 Fig. 4f",
  reading: "exact",
};

function judged(
  simulated: Measurement["simulated"],
  change: Partial<PaperFigure>,
  rest: Partial<Measurement> = {},
) {
  const measurement = { experiment: "e", subject: "s", figure: { ...figure, ...change }, simulated };
  return compare({ kind: "derived", ...measurement, ...rest });
}

describe("agreement with a paper", () => {
  it("within 3 %, not more", () => {
    expect(judged(66.9, {}).ok).toBe(true);
    expect(judged(67.1, {}).ok).toBe(false);
    expect(judged(62.9, {}).ok).toBe(false);
    expect(judged(Number.NaN, {}).ok).toBe(false);
  });

  it("within the paper's own uncertainty where that is larger", () => {
    expect(judged(69.9, { uncertainty: 5 })).toMatchObject({ ok: true, tolerance: 5 / 65 });
    expect(judged(66.5, { uncertainty: 0.1 }).ok).toBe(true);
  });

  it("negative values by their size", () => {
    expect(judged(-44.9, { values: [-44] }).ok).toBe(true);
    expect(judged(-46, { values: [-44] }).ok).toBe(false);
  });

  it("inputs exactly", () => {
    expect(judged(65, {}, { kind: "input" })).toMatchObject({ ok: true, tolerance: 0 });
    expect(judged(65.0001, {}, { kind: "input" }).ok).toBe(false);
    expect(judged(0.1 + 0.2, { values: [0.3] }, { kind: "input" }).ok).toBe(true);
  });

  it.each([
    ["below", 64, true],
    ["below", 65, false],
    ["at-most", 65, true],
    ["at-most", 68, false],
    ["above", 65, false],
    ["above", 66, true],
    ["about", 66, true],
    ["about", 70, false],
  ] as const)("%s 65: %f", (reading, simulated, ok) => {
    const result = judged(simulated, { reading });
    expect(result.ok).toBe(ok);
    expect(result.conditions).toContain("paper:");
  });

  it("a range: a value within, or both ends in the order of the paper", () => {
    const range = { values: [100, 500], reading: "range" } as const;
    expect(judged(300, range)).toMatchObject({
      ok: true,
      paper: [100, 500],
      conditions: "within the paper's range",
    });
    expect(judged(520, range).ok).toBe(false);
    expect(judged([101, 495], range)).toMatchObject({ ok: true, conditions: "both ends" });
    expect(judged([495, 101], range).ok).toBe(false);
  });

  it("keeps the flag of a misprint, and never states less than the scatter", () => {
    expect(judged(65, { flag: "misprint" }).flag).toBe("misprint");
    expect(judged(65, {}, { standardError: 0.05 }).tolerance).toBe(0.05);
  });
});
