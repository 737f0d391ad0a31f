import fc from "fast-check";
import { expect, test } from "vitest";
import { median } from "../../../host/analysis/median.ts";

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[5, 5, 5, 5], 5],
  [[], Number.NaN],
])("median of %j", (values, expected) => {
  expect(median(values)).toBe(expected);
});

test("agrees with sorting", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 }), (values) => {
      const sorted = values.slice().sort((a, b) => a - b);
      const middle = sorted.length >> 1;
      const expected = sorted.length % 2 ? sorted[middle]! : (sorted[middle]! + sorted[middle - 1]!) / 2;
      expect(median(values)).toBe(expected);
    }),
    { seed: 3, numRuns: 2000 },
  );
});
