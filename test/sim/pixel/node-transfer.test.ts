import { describe, expect, it } from "vitest";
import {
  exactTransfer,
  LARGEST_FILL,
  LEAST_FILL,
  nodeTransfer,
  transferOf,
} from "../../../sim/pixel/node-transfer.ts";
import { imagingProfile } from "../../support/imaging-profile.ts";

const { pixel } = imagingProfile;
const off = { on: false, junctionShare: 0.2, builtInV: 0.6, grading: 0.5 };
const straight = { on: false, gainFall: 0.02 };

/** Charge on the node for a fall x of its voltage, as a share of C_reset V_swing: the integral of C(V), by Simpson's rule. */
function integratedCharge(junction: typeof off, x: number): number {
  const { junctionShare, builtInV, grading } = junction;
  const zeroBias = junctionShare * (1 + pixel.swingV / builtInV) ** grading;
  const capacitance = (fall: number) =>
    1 - junctionShare + zeroBias / (1 + (pixel.swingV * (1 - fall)) / builtInV) ** grading;
  const steps = 400;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 ? 4 : 2;
    sum += weight * capacitance((x * i) / steps);
  }
  return (sum * x) / (3 * steps);
}

describe("charge to level", () => {
  it.each([
    { ...off, on: true },
    { on: true, junctionShare: 0.5, builtInV: 0.7, grading: 0.33 },
    { on: true, junctionShare: 0.05, builtInV: 0.8, grading: 0.9 },
  ])("inverts the integral of Cf + Cj0 / (1 + V / Vbi)^m: %j", (junction) => {
    const effects = { nodeCapacitance: junction, followerNonlinearity: straight };
    for (let x = -0.1; x < 1; x += 0.09) {
      const fill = integratedCharge(junction, x);
      expect(exactTransfer(pixel, effects, fill)).toBeCloseTo(x, 9);
    }
  });

  it("has the follower's gain fall by its share from the reset level to full well", () => {
    const effects = { nodeCapacitance: off, followerNonlinearity: { on: true, gainFall: 0.02 } };
    const gainAt = (fill: number) =>
      (exactTransfer(pixel, effects, fill + 1e-5) - exactTransfer(pixel, effects, fill - 1e-5)) / 2e-5;
    expect(gainAt(0)).toBeCloseTo(1, 9);
    expect(gainAt(0.5)).toBeCloseTo(0.99, 9);
    expect(gainAt(1)).toBeCloseTo(0.98, 9);
  });

  it("is a polynomial within its stated error, below 1e-5 of the full well", () => {
    const effects = {
      nodeCapacitance: { ...off, on: true },
      followerNonlinearity: { ...straight, on: true },
    };
    const transfer = nodeTransfer(pixel, effects);
    expect(transfer.error).toBeLessThan(1e-5);
    for (let fill = LEAST_FILL; fill <= LARGEST_FILL; fill += 0.0137) {
      const error = Math.abs(transferOf(transfer, fill) - exactTransfer(pixel, effects, fill));
      expect(error).toBeLessThanOrEqual(1.1 * transfer.error);
    }
  });

  it("rises for ever, and falls below the charge as the capacitance grows", () => {
    const effects = { nodeCapacitance: { ...off, on: true }, followerNonlinearity: straight };
    const transfer = nodeTransfer(pixel, effects);
    let last = transferOf(transfer, -2);
    for (let fill = -1.99; fill < 5; fill += 0.01) {
      const level = transferOf(transfer, fill);
      expect(level).toBeGreaterThan(last);
      last = level;
    }
    expect(transferOf(transfer, 1)).toBeLessThan(0.97);
    expect(transferOf(transfer, 1e-4) / 1e-4).toBeCloseTo(1, 4);
  });

  it("is the charge itself with both effects off", () => {
    const transfer = nodeTransfer(pixel, { nodeCapacitance: off, followerNonlinearity: straight });
    expect(transfer).toMatchObject({ bent: false, error: 0 });
    expect(transferOf(transfer, 0.731)).toBe(0.731);
  });
});
