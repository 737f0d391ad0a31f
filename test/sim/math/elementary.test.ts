import { describe, expect, it } from "vitest";
import { cos, exp, log, pow, sin } from "../../../sim/math/elementary.ts";
import { Draws } from "../../../sim/random/draws.ts";

const n = 100_000;
const draws = new Draws(1, 2);
const ULP = 2 ** -52;

/** Largest relative deviation in units of 2^-52 over n arguments; Math's own error (about 1 ulp) is part of it. */
function worstUlp(
  ours: (x: number) => number,
  theirs: (x: number) => number,
  argument: (u: number) => number,
) {
  let worst = 0;
  for (let index = 0; index < n; index++) {
    const x = argument(draws.uniform(index));
    const expected = theirs(x);
    worst = Math.max(worst, Math.abs(ours(x) - expected) / (Math.abs(expected) * ULP));
  }
  return worst;
}

describe("elementary functions without Math", () => {
  it("exp", () => {
    expect(worstUlp(exp, Math.exp, (u) => (u - 0.5) * 1400)).toBeLessThan(2);
    expect(worstUlp(exp, Math.exp, (u) => (u - 0.5) * 2)).toBeLessThan(2);
    expect([exp(0), exp(-1e9), exp(1e9), exp(Number.NaN)]).toEqual([1, 0, Infinity, Number.NaN]);
    expect(exp(709.7) / Math.exp(709.7)).toBeCloseTo(1, 12);
    expect(exp(-740) / Math.exp(-740)).toBeCloseTo(1, 2);
  });

  it("log", () => {
    expect(worstUlp(log, Math.log, (u) => u)).toBeLessThan(2);
    expect(worstUlp(log, Math.log, (u) => 1 + (u - 0.5) * 1e-3)).toBeLessThan(2);
    expect(worstUlp(log, Math.log, (u) => Math.exp((u - 0.5) * 1400))).toBeLessThan(2);
    expect([log(1), log(0), log(Infinity), log(-1)]).toEqual([0, -Infinity, Infinity, Number.NaN]);
    expect(log(5e-324)).toBeCloseTo(-744.4400719213812, 10);
  });

  it("sin and cos", () => {
    expect(worstUlp(sin, Math.sin, (u) => (u - 0.5) * 20)).toBeLessThan(2);
    expect(worstUlp(cos, Math.cos, (u) => (u - 0.5) * 20)).toBeLessThan(2);
    expect(worstUlp(sin, Math.sin, (u) => (u - 0.5) * 2e6)).toBeLessThan(2);
    expect(worstUlp(cos, Math.cos, (u) => (u - 0.5) * 2e6)).toBeLessThan(2);
    expect(Math.abs(sin(Math.PI) - Math.sin(Math.PI))).toBeLessThan(1e-31);
    expect(Math.abs(cos(Math.PI / 2) - Math.cos(Math.PI / 2))).toBeLessThan(1e-31);
    expect([sin(0), cos(0)]).toEqual([0, 1]);
    expect(() => sin(1e9)).toThrow(/1000000000.*reduce/);
    expect(() => cos(Number.NaN)).toThrow(RangeError);
  });

  it("pow", () => {
    expect(
      worstUlp(
        (x) => pow(x, 2.2),
        (x) => x ** 2.2,
        (u) => u * 10,
      ),
    ).toBeLessThan(3);
    expect(
      worstUlp(
        (x) => pow(10, x),
        (x) => 10 ** x,
        (u) => (u - 0.5) * 600,
      ),
    ).toBeLessThan(3);
    expect(
      worstUlp(
        (x) => pow(x, 1e5),
        (x) => x ** 1e5,
        (u) => 1 + u * 1e-3,
      ),
    ).toBeLessThan(3);
    expect([pow(2, 10), pow(0, 1), pow(0, -1), pow(7, 0), pow(1, 9)]).toEqual([1024, 0, Infinity, 1, 1]);
    expect([pow(-1, 2), pow(10, 400), pow(10, -400)]).toEqual([Number.NaN, Infinity, 0]);
  });
});
