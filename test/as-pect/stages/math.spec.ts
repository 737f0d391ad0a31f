import { exp, wholePower } from "../../../firmware/stages/math.ts";

describe("exp", () => {
  it("is exact at 0", () => {
    expect<f64>(exp(0)).toBe(1);
  });

  it("agrees with the standard library to a few ulp", () => {
    let worst: f64 = 0;
    for (let x: f64 = -690; x < 690; x += 0.37) {
      const relative = Math.abs(exp(x) / Math.exp(x) - 1.0);
      if (relative > worst) worst = relative;
    }
    expect<f64>(worst).toBeLessThan(1e-15);
  });

  it("ends in 0 and stays finite", () => {
    expect<f64>(exp(-701)).toBe(0);
    expect<f64>(exp(-Infinity)).toBe(0);
    expect<bool>(isFinite(exp(700))).toBe(true);
  });
});

describe("wholePower", () => {
  it("is exact for powers of two", () => {
    expect<f64>(wholePower(2, 0)).toBe(1);
    expect<f64>(wholePower(2, 31)).toBe(2147483648);
    expect<f64>(wholePower(0.5, 3)).toBe(0.125);
  });
});
