import { describe, expect, it } from "vitest";
import { EXPERIMENTS } from "../../../../host/bench/experiments/all.ts";
import { selectExperiments } from "../../../../host/bench/run/select.ts";
import { benchWith } from "../support/benches.ts";
import { device, material, measured, source } from "../support/changed.ts";

const slower = device((profile) => ({
  ...profile,
  response: profile.response.map((pole) => ({
    ...pole,
    riseTauS: 2 * pole.riseTauS,
    fallTauS: 2 * pole.fallTauS,
  })),
}));

describe("a changed input moves the result, which then disagrees with the paper", () => {
  it("twice the fall time: the waveform, and half of the bandwidth", async () => {
    const fall = (await measured("fall-time", "inas-me", slower))("fallTime");
    expect(fall.ok).toBe(false);
    expect(fall.value / 130e-9).toBeCloseTo(1, 1);
    const bandwidth = (await measured("bandwidth", "inas-me", slower))("bandwidth");
    expect(bandwidth.ok).toBe(false);
    expect(bandwidth.value / 2.69e6).toBeCloseTo(1, 1);
  });

  it("four times the noise power: twice the noise current, half of D*", async () => {
    const noisier = device((profile) => ({
      ...profile,
      noise: { ...profile.noise, shotMultiple: 2 * profile.noise.shotMultiple },
    }));
    const noise = await measured("noise", "inas-me", noisier);
    expect(noise("noiseOverShot").ok).toBe(false);
    expect(noise("noiseOverShot").value).toBeCloseTo(4, 0);
    const jones = (await measured("detectivity", "inas-me", noisier))("detectivity");
    expect(jones.ok).toBe(false);
    expect(jones.value / 0.8e11).toBeCloseTo(1, 1);
  });

  it("the other reading of the flicker is recognised from the spectrum", async () => {
    const amplitude = device((profile) => ({ ...profile, noise: { ...profile.noise, slope: 2 } }));
    const { results } = await selectExperiments(EXPERIMENTS, ["noise"])[0]!.measure(
      benchWith(amplitude),
      "inas-me",
    );
    expect(results[0]?.conditions).toContain("(corner / f)^2");
  });

  it("more efficiency: EQE, responsivity and D* by as much", async () => {
    const better = device((profile) =>
      profile.structure === "photodiode"
        ? { ...profile, eqePoints: profile.eqePoints.map(({ biasV, eqe }) => ({ biasV, eqe: 1.2 * eqe })) }
        : profile,
    );
    const eqe = (await measured("eqe-bias", "inas-me", better))("eqe");
    expect(eqe.ok).toBe(false);
    expect(eqe.value).toBeCloseTo(0.216, 3);
    expect((await measured("detectivity", "inas-me", better))("detectivity").value / 1.92e11).toBeCloseTo(
      1,
      1,
    );
  });

  it("twice the lifetime of a photoconductor: twice the responsivity", async () => {
    const longer = device((profile) =>
      profile.structure === "photoconductor"
        ? { ...profile, carrierLifetimeS: 2 * profile.carrierLifetimeS }
        : profile,
    );
    const responsivity = (await measured("table4", "meng-ref92-photoconductor", longer))("responsivity");
    expect(responsivity.ok).toBe(false);
    expect(responsivity.value).toBeCloseTo(60, 0);
  });

  it("threshold and linewidth of a laser", async () => {
    const other = source((profile) =>
      profile.type === "pumped-laser"
        ? {
            ...profile,
            threshold: { ...profile.threshold, value: 3 * profile.threshold.value },
            linewidthEv: 2 * profile.linewidthEv,
          }
        : profile,
    );
    const read = await measured("lasers", "meng-ref72-laser", other);
    expect(read("threshold")).toMatchObject({ ok: false, value: expect.closeTo(1.29e-3, 5) });
    expect(read("linewidth")).toMatchObject({ ok: false, value: expect.closeTo(1.8e-3, 4) });
    expect(read("wavelength").ok).toBe(true);
  });

  it("half life and acceleration of the LED", async () => {
    const other = source((profile) =>
      profile.type === "led"
        ? { ...profile, ageing: { ...profile.ageing, acceleration: 1.5, t50Min: 80 } }
        : profile,
    );
    const read = await measured("ageing", "perovskite-led", other);
    expect(read("t50")).toMatchObject({ ok: false, value: expect.closeTo(80, 0) });
    expect(read("accelerationFactor")).toMatchObject({ ok: false, value: expect.closeTo(1.5, 1) });
  });

  it("scattering time of an anneal", async () => {
    const other = material((profile) =>
      profile.family === "annealed"
        ? {
            ...profile,
            anneals: profile.anneals.map((step) =>
              step.annealC === 350 ? { ...step, scatteringTimeFs: { value: 90, uncertainty: 0 } } : step,
            ),
          }
        : profile,
    );
    const read = await measured("drude-smith", "cdse-npl", other);
    expect(read("scatteringTime", "350")).toMatchObject({ ok: false, value: expect.closeTo(90, 0) });
    expect(read("scatteringTime", "250").ok).toBe(true);
  });

  it("a higher barrier: less shift with the long linker, the same with the short one", async () => {
    const other = material((profile) =>
      profile.family === "superlattice" ? { ...profile, barrierEv: 4 * profile.barrierEv } : profile,
    );
    const read = await measured("superlattice", "cspbbr3-superlattice", other);
    expect(read("saturatedShift", "C3DT").ok).toBe(true);
    // Twice the decay constant: the ratio of 14.2 / 44.0 squared.
    expect(read("saturatedShift", "C10DT")).toMatchObject({ ok: false, value: expect.closeTo(-4.58, 0) });
  });
});
