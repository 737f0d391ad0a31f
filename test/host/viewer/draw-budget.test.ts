import { describe, expect, it } from "vitest";
import { DrawBudget } from "../../../host/viewer/cloud/draw-budget.ts";

const SOFTWARE = "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)";
const HARDWARE = "ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11, D3D11)";

function shareAfter(budget: DrawBudget, drawings: number, elapsedMs: number): number {
  for (let i = 0; i < drawings; i++) budget.learn(elapsedMs);
  return budget.share(true);
}

describe("points of a moving view", () => {
  it("are all there on a graphics card, and fewer from the first drawing on without one", () => {
    expect(new DrawBudget(HARDWARE).share(true)).toBe(1);
    expect(new DrawBudget(SOFTWARE).share(true)).toBeLessThan(0.5);
    expect(new DrawBudget("llvmpipe (LLVM 15.0.6, 256 bits)").share(true)).toBeLessThan(0.5);
  });

  it("become fewer while drawing is slow, but never fewer than a quarter", () => {
    const budget = new DrawBudget(HARDWARE);
    expect(shareAfter(budget, 1, 120)).toBeLessThan(1);
    expect(shareAfter(budget, 100, 120)).toBe(0.25);
  });

  it("become more while drawing is fast, and stay in between", () => {
    const budget = new DrawBudget(SOFTWARE);
    const begun = budget.share(true);
    expect(shareAfter(budget, 10, 35)).toBe(begun);
    expect(shareAfter(budget, 1, 5)).toBeGreaterThan(begun);
    expect(shareAfter(budget, 100, 5)).toBe(1);
  });

  it("are all there when the view rests, however slow it was", () => {
    const budget = new DrawBudget(SOFTWARE);
    shareAfter(budget, 100, 500);
    expect(budget.share(false)).toBe(1);
  });
});
