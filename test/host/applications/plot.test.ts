import { describe, expect, test } from "vitest";
import { svgChart } from "../../../host/applications/plot/svg-chart.ts";
import { textPlot } from "../../../host/applications/plot/text-plot.ts";

describe("a text plot", () => {
  test("draws a rise as one line from the lower left to the upper right", () => {
    expect(textPlot([0, 1, 2, 3], 2, 1)).toEqual(["⡠⠊"]);
  });

  test("joins steep steps and survives a constant", () => {
    // Dots of the second column's rise: from the bottom to the top without a gap.
    const bits = (textPlot([0, 0, 0, 3, 3, 3], 3, 1)[0] ?? "").charCodeAt(1) - 0x2800;
    expect(bits & 0xb8).toBe(0x38);
    expect(textPlot([5, 5, 5], 3, 2)).toEqual(["⠀⠀⠀", "⣀⣀⣀"]);
  });
});

describe("a chart", () => {
  const panel = {
    title: "a < b & c",
    xLabel: "x",
    yLabel: "y",
    series: [{ label: "s", x: [0, 10], y: [0.1, 0.9], kind: "line", colour: "#000" }],
  } as const;

  test("has ticks of 1, 2 or 5 around the values, and escapes its texts", () => {
    const svg = svgChart([panel]);
    expect(svg).toContain("a &lt; b &amp; c");
    for (const tick of [0, 2, 4, 6, 8, 10]) expect(svg).toContain(`>${tick}</text>`);
    expect(svg).toContain('points="76,227.2 780,60.8"');
  });

  test("survives one point and none", () => {
    for (const values of [[], [3]]) {
      const svg = svgChart([{ ...panel, series: [{ ...panel.series[0], x: values, y: values }] }]);
      expect(svg).not.toContain("NaN");
      expect(svg).not.toContain("Infinity");
    }
  });
});
