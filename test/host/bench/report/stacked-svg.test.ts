import { describe, expect, it } from "vitest";
import { type StackedFigure, stackedSvg } from "../../../../host/bench/report/stacked-svg.ts";

const axis = { label: "x", unit: "s", scale: "linear" } as const;
const figure: StackedFigure = {
  title: "a < b & c",
  x: axis,
  y: { ...axis, label: "y" },
  series: [{ label: "line", from: "simulated", colour: 0, x: [0, 10], y: [0.1, 0.9] }],
};

describe("figures below each other", () => {
  it("have round ticks and escaped texts, one below the other", () => {
    const svg = stackedSvg("two & more", [figure, { ...figure, title: "second" }]);
    expect(svg).toContain("<title>two &amp; more</title>");
    expect(svg).toContain("a &lt; b &amp; c");
    for (const tick of [0, 2, 4, 6, 8, 10]) expect(svg).toContain(`>${tick}</text>`);
    expect(svg).toContain('<g transform="translate(0 448)">');
    expect(svg).toContain('viewBox="0 0 720 896"');
  });

  it("name lines and points, rings not; the ninth line is dashed", () => {
    const x = [1, 2];
    const svg = stackedSvg("t", [
      {
        ...figure,
        series: [
          { label: "dots", from: "simulated", marks: "points", colour: 1, x, y: x },
          { label: "rings", from: "paper", colour: 1, x, y: x },
          { label: "ninth", from: "simulated", colour: 8, x, y: x },
        ],
      },
    ]);
    expect(svg).toContain(">dots</text>");
    expect(svg).not.toContain(">rings</text>");
    expect(svg.match(/class="marker"/g)).toHaveLength(2);
    expect(svg.match(/stroke-dasharray="6 3"/g)).toHaveLength(2);
  });

  it("survive one point and none", () => {
    for (const values of [[], [3]]) {
      const svg = stackedSvg("t", [{ ...figure, series: [{ ...figure.series[0]!, x: values, y: values }] }]);
      expect(svg).not.toContain("NaN");
      expect(svg).not.toContain("Infinity");
    }
  });
});
