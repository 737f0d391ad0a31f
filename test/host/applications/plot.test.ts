import { describe, expect, test } from "vitest";
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
