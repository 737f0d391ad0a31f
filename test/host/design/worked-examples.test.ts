// The tables of docs/design-tool.md, figure by figure.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  type DesignRequest,
  type DesignResult,
  planDesigns,
  predictDesign,
} from "../../../host/design/design.ts";
import { lengthText } from "../../../host/design/length-text.ts";

const page = readFileSync(new URL("../../../docs/design-tool.md", import.meta.url), "utf8");

/** Cells of the rows of the page whose first cell is this. */
function row(first: string): string[] {
  const line = page.split("\n").find((text) => text.startsWith(`| ${first} |`));
  if (line === undefined) throw new Error(`docs/design-tool.md: found no row ${first}`);
  return line
    .split("|")
    .slice(2, -1)
    .map((cell) => cell.trim());
}

function predict(set: readonly string[]): DesignResult[] {
  const request: DesignRequest = {
    sensor: "inas-lidar-320x240",
    set,
    rangesM: [1, 3, 10],
    reflectances: [0.5],
    ambientSuns: [0, 1],
    sigmaLimitM: 0.1,
    extrapolate: false,
  };
  return planDesigns(request).map((design) => predictDesign(design, request));
}

function sigma({ points }: DesignResult, rangeM: number, ambientSun: number): string {
  return lengthText(
    points.find((point) => point.rangeM === rangeM && point.ambientSun === ambientSun)?.sigmaM,
  );
}
function maximum({ limits }: DesignResult, ambientSun: number): string {
  return lengthText(limits.find((limit) => limit.ambientSun === ambientSun)?.maximumM);
}

test("InAs instead of PbS", () => {
  const films = predict(["detector=inas-me,pbs-reference"]);
  for (const rangeM of [1, 3, 10]) {
    const expected = [0, 1].flatMap((suns) => films.map((film) => sigma(film, rangeM, suns)));
    expect(row(`${rangeM} m`)).toEqual(expected);
  }
  const reach = [0, 1].flatMap((suns) => films.map((film) => maximum(film, suns)));
  expect(row("sigma 100 mm at")).toEqual(reach);
});

test("annealing", () => {
  const films = predict(["material=cdse-npl", "wavelength=690", "anneal=310,335,350"]);
  [310, 335, 350].forEach((annealC, i) => {
    const film = films[i]!;
    const [mobility, transit, edge, ...ranges] = row(`${annealC} C`);
    expect(ranges).toEqual([sigma(film, 3, 0), maximum(film, 0)]);
    const note = film.notes.find((text) => text.startsWith("film of cdse-npl"));
    expect(note).toContain(`mobility ${mobility} cm2`);
    expect(note).toContain(`edge at ${edge}`);
    const transitNs = Number(/transit ([\d.]+) ns/.exec(note ?? "")?.[1]);
    expect(`${Number((1000 * transitNs).toPrecision(2))} ps`).toBe(
      `${Number(Number.parseFloat(transit!).toPrecision(2))} ps`,
    );
  });
});
