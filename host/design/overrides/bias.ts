import { DesignError } from "../design-error.ts";
import type { DesignParts } from "./parts.ts";
import { parseLike } from "./path-setting.ts";

/**
 * The film's bias while it collects. Between the measured points the efficiency is interpolated; beyond them it is refused
 * unless the user extrapolates: then the nearest point holds, and a note says so.
 * @throws DesignError
 */
export function applyBias(design: DesignParts, text: string, by: string, extrapolate: boolean): void {
  const biasV = Number(parseLike(0, text, "bias"));
  const points = design.parts.detector["eqePoints"];
  const biases = Array.isArray(points)
    ? points.map((_, i) => design.number("detector", `eqePoints.${i}.bias`))
    : [];
  const [lowest, highest] = [Math.min(...biases), Math.max(...biases)];
  if (biasV < lowest || biasV > highest) {
    const measured = `the efficiency of ${String(design.parts.detector["name"])} is known from ${lowest} V to ${highest} V`;
    if (!extrapolate) {
      throw new DesignError(
        `set: found bias=${text}, expected a bias within ${lowest}..${highest} V: ${measured}; --extrapolate holds the nearest value`,
      );
    }
    design.notes.push(`extrapolated: ${measured}; at ${biasV} V the nearest value is taken`);
  }
  design.write("detector", "operatingBias", biasV, by);
}
