import { expect, test } from "vitest";
import { fitPolynomial } from "../../../sim/math/least-squares.ts";

const cubic = (t: number): number => 3 - 2 * t + 0.5 * t * t + 7 * t * t * t;

test("a polynomial comes back from its own points", () => {
  const points = Array.from({ length: 20 }, (_, i) => ({ t: i / 19, y: cubic(i / 19), weight: 1 + i }));
  const expected = [3, -2, 0.5, 7];
  fitPolynomial(points, 4).forEach((found, power) => {
    expect(found).toBeCloseTo(expected[power]!, 9);
  });
});

test("of points that disagree, the mean by weight", () => {
  const points = [
    { t: 0.5, y: 1, weight: 3 },
    { t: 0.5, y: 5, weight: 1 },
  ];
  expect(fitPolynomial(points, 1)[0]).toBeCloseTo(2, 12);
});
