import { describe, expect, it } from "vitest";
import type { BenchFigure, BenchReport, BenchResult } from "../../../../host/bench/bench-result.ts";
import { figureCsv, resultsCsv } from "../../../../host/bench/report/csv.ts";
import { deviation } from "../../../../host/bench/report/deviation.ts";
import { figureSvg } from "../../../../host/bench/report/figure-svg.ts";
import { numberHtml } from "../../../../host/bench/report/number-text.ts";
import { pageScript } from "../../../../host/bench/report/page-script.ts";
import {
  axisPosition,
  axisRange,
  axisTicks,
  axisValue,
  plainNumber,
} from "../../../../host/bench/report/plot/axis.ts";
import { plotFrame, plotPoints } from "../../../../host/bench/report/plot/plot.ts";
import { reportHtml } from "../../../../host/bench/report/report-html.ts";
import { summarise } from "../../../../host/bench/report/summary.ts";

const figure: BenchFigure = {
  experiment: "noise",
  title: 'Noise <of "a" diode>',
  source: "choi2021 Fig. 4d",
  x: { label: "frequency", unit: "Hz", scale: "log" },
  y: { label: "noise", unit: "A/√Hz", scale: "log" },
  series: [
    { label: "Welch", from: "simulated", x: [10, 100, 1000], y: [1e-13, 1e-14, 1e-15] },
    { label: "1 kHz, read", from: "paper", x: [1000, 0], y: [1e-15, 1] },
  ],
};

const result: BenchResult = {
  experiment: "noise",
  subject: "inas-me",
  source: "choi2021 Fig. 4d",
  quantity: "noiseOverShot",
  paper: 2,
  simulated: 2.2,
  unit: "1",
  tolerance: 0.03,
  kind: "derived",
  ok: false,
  flag: 'says "128 nm" & <more>',
};

describe("axes", () => {
  it("linear ticks are round and within", () => {
    expect(axisTicks("linear", [-1, 1], 4).map(({ text }) => text)).toEqual([
      "−1.0",
      "−0.5",
      "0",
      "0.5",
      "1.0",
    ]);
    expect(axisTicks("linear", [0, 0.37], 5).map(({ text }) => text)).toEqual(["0", "0.1", "0.2", "0.3"]);
  });

  it("log ticks: decades carry numbers, the rest does not", () => {
    const ticks = axisTicks("log", [1, 1000], 5);
    expect(ticks.filter(({ isMajor }) => isMajor).map(({ text }) => text)).toEqual([
      "10^0",
      "10^1",
      "10^2",
      "10^3",
    ]);
    expect(ticks).toHaveLength(28);
    expect(axisTicks("log", [1e-20, 1e20], 5).every(({ isMajor, value }) => !isMajor || value > 0)).toBe(
      true,
    );
    expect(axisTicks("log", [2, 5], 4).map(({ text }) => text)).toContain("3");
  });

  it("positions and values are inverse", () => {
    for (const scale of ["linear", "log"] as const)
      for (const value of [1.5, 20, 90])
        expect(axisValue(scale, [1, 100], axisPosition(scale, [1, 100], value))).toBeCloseTo(value, 9);
  });

  it("ranges hold all that can be shown", () => {
    expect(axisRange("log", [-1, 0, Number.NaN, 5])).toEqual([
      10 ** (Math.log10(5) - 0.5),
      10 ** (Math.log10(5) + 0.5),
    ]);
    expect(axisRange("linear", [0, 10])[0]).toBe(0);
    expect(axisRange("linear", [])).toEqual([0, 1]);
    expect(plainNumber(-44000000, 1000000)).toBe("-4.4·10^7");
  });
});

describe("plots", () => {
  it("points lie where the axes put them; what a log axis cannot show is left out", () => {
    const frame = plotFrame(figure, { width: 480, height: 300 });
    expect(plotPoints(figure, frame, figure.series[1]!)).toHaveLength(1);
    const points = plotPoints(figure, frame, figure.series[0]!);
    expect(points[1]![0]).toBeCloseTo((points[0]![0] + points[2]![0]) / 2, 0);
    for (const [x, y] of points) {
      expect(x).toBeGreaterThanOrEqual(frame.left);
      expect(y).toBeLessThanOrEqual(frame.top + frame.height);
    }
  });

  it("a file of its own: lines for the simulation, rings for the paper, titles escaped, both themes", () => {
    const svg = figureSvg(figure);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg.match(/<polyline/g)).toHaveLength(1);
    expect(svg).toContain('class="marker"');
    expect(svg).toContain("Noise &lt;of &quot;a&quot; diode&gt;");
    expect(svg).toContain("prefers-color-scheme:dark");
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe("tables", () => {
  it("figures as CSV with units in the head", () => {
    expect(figureCsv(figure).split("\r\n").slice(0, 2)).toEqual([
      "series,from,frequency (Hz),noise (A/√Hz)",
      "Welch,simulated,10,1e-13",
    ]);
    expect(figureCsv(figure)).toContain('"1 kHz, read",paper,1000,1e-15');
  });

  it("results as CSV, quoted", () => {
    expect(resultsCsv([{ ...result, paper: [1, 2] }])).toContain(
      ',derived,1;2,2.2,1,0.03,,false,,"says ""128 nm"" & <more>"',
    );
  });

  it("deviation: relative, of ranges by the worse end or how far outside", () => {
    expect(deviation({ paper: -2, simulated: -2.2 })).toBeCloseTo(-0.1, 12);
    expect(deviation({ paper: [1, 2], simulated: 1.5 })).toBe(0);
    expect(deviation({ paper: [1, 2], simulated: 2.2 })).toBeCloseTo(0.1, 12);
    expect(deviation({ paper: [1, 2], simulated: [1.01, 1.8] })).toBeCloseTo(-0.1, 12);
    expect(deviation({ paper: 0, simulated: 1 })).toBeNaN();
  });

  it("numbers for reading", () => {
    expect(numberHtml(1.6e11)).toBe("1.6 × 10<sup>11</sup>");
    expect(numberHtml(-0.95)).toBe("−0.95");
    expect(numberHtml(7.5e-14)).toBe("7.5 × 10<sup>−14</sup>");
  });

  it("counts by kind", () => {
    expect(summarise([result, { ...result, kind: "emergent", ok: true }])).toMatchObject({
      results: 2,
      notOk: 1,
      derived: { results: 1, ok: 0 },
      emergent: { results: 1, ok: 1 },
    });
  });
});

describe("report page", () => {
  const report: BenchReport = { results: [result], figures: [figure] };
  const html = reportHtml(report, [
    { name: "noise", title: "Noise & more" },
    { name: "unused", title: "Unused" },
  ]);

  it("holds everything itself and escapes what it shows", () => {
    expect(html).not.toMatch(/<(link|img|script src)|https?:\/\/(?!www\.w3\.org)/);
    expect(html).toContain("Noise &amp; more");
    expect(html).toContain("128 nm&quot; &amp; &lt;more&gt;");
    expect(html).not.toContain("Unused");
    expect(html).toContain('class="missed"');
  });

  it("its figures come back from the page's own data", () => {
    const data = /<script type="application\/json" id="figures">(.*?)<\/script>/s.exec(html)?.[1];
    expect(JSON.parse(data ?? "")).toEqual([figure]);
  });

  it("its script compiles on its own", () => {
    expect(() => new Function(pageScript())).not.toThrow();
  });
});
