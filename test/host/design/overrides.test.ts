import { describe, expect, test } from "vitest";
import { applySettings } from "../../../host/design/overrides/apply-settings.ts";
import { combineSettings } from "../../../host/design/overrides/settings.ts";
import { quantumEfficiency } from "../../../hw-profiles/explain/derive-optics.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";

const SENSOR = "inas-lidar-64x48";
const base = loadLidarProfile(SENSOR);

function apply(texts: readonly string[], extrapolate = false, sensor = SENSOR) {
  return applySettings(sensor, combineSettings(texts)[0]!, extrapolate);
}
const profileOf = (...texts: string[]) => apply(texts).profile;

describe("values of the documents", () => {
  test("without settings the sensor is as loaded", () => expect(apply([]).profile).toEqual(base));

  test("of sensor, detector and emitter by their paths", () => {
    const profile = profileOf(
      "pixel.readNoise=3",
      "roic.pipelined=false",
      "pixel.reset=hard",
      "detector.fallTime=80",
      "emitter.peakPower=50",
      "sensor.adc.bits=13",
      "detector.eqePoints.0.eqe=0.3",
    );
    expect(profile).toMatchObject({
      pixel: { readNoiseE: 3, reset: "hard" },
      roic: { pipelined: false },
      detector: { fallTimeNs: 80 },
      emitter: { peakPowerW: 50 },
      adc: { bits: 13 },
    });
    expect(quantumEfficiency(profile).value).toBe(0.3);
  });

  test("lists by first, step and last", () => {
    const { gates } = profileOf("gates.delays=-10:5:20", "gates.count=7", "readout.t0Max=30");
    expect(gates.delaysNs).toEqual([-10, -5, 0, 5, 10, 15, 20]);
  });

  test.each([
    [["pixel.readNoiseE=3"], /found "pixel.readNoiseE", expected a path .* did you mean pixel.readNoise\?/],
    [["biass=-1"], /found "biass".* did you mean bias\?/],
    [["pixel.readNoise=low"], /found pixel.readNoise=low, expected a number/],
    [["roic.pipelined=2"], /expected true or false/],
    [["gates.delays=1:2"], /expected FIRST:STEP:LAST/],
    [["pixel.readNoise=-1"], /pixel.readNoise.value: found -1, expected a number from 0 to/],
    [["pixel.reset=soft"], /pixel.reset.value: found "soft", expected "hard" or "flushed"/],
    [["environment.ambientSun=1"], /expected sunlight as --ambient/],
    [["bias=-1", "detector.operatingBias=-1"], /found bias and detector.operatingBias, which both say/],
    [["power.laserEfficiency=2"], /expected a number from 0.001 to 1/],
    [["power.laser=1"], /expected one of power.laserEfficiency, /],
  ])("%j is refused", (texts, message) => expect(() => apply(texts)).toThrow(message));

  test("an imaging sensor is refused", () => {
    expect(() => apply([], false, "imec-3t-768x512")).toThrow(/found imec-3t-768x512, an imaging sensor/);
  });
});

describe("words", () => {
  test("detector takes the other document", () => {
    expect(profileOf("detector=pbs-reference").detector).toEqual(
      loadLidarProfile("pbs-lidar-320x240").detector,
    );
    expect(() => apply(["detector=pbs-referenc"])).toThrow(/did you mean pbs-reference\?/);
  });

  test("no pixel reads a photoconductor, no gate fires a pumped laser", () => {
    expect(() => apply(["detector=meng-ref92-photoconductor"])).toThrow(
      /a photoconductor; expected a photodiode/,
    );
    expect(() => apply(["emitter=meng-ref71-laser"])).toThrow(/a pumped-laser without pulse width/);
    expect(() => apply(["detector=meng-ref104-photodiode"])).toThrow(/cqd bench measures/);
  });

  test("bias interpolates the efficiency; beyond the points only when asked, and said", () => {
    expect(quantumEfficiency(profileOf("bias=-0.5")).value).toBeCloseTo(0.27, 10);
    expect(() => apply(["bias=-2"])).toThrow(/expected a bias within -1..0 V/);
    const { notes, profile } = apply(["bias=-2"], true);
    expect(quantumEfficiency(profile).value).toBe(0.36);
    expect(notes.join()).toMatch(/extrapolated.*at -2 V the nearest value/);
  });

  test("reach spreads as many gates over a longer window, on the grid of the delay line", () => {
    const { gates, readout } = profileOf("reach=30");
    expect(gates.delaysNs).toHaveLength(32);
    expect(readout.t0MaxNs * 0.149896229).toBeCloseTo(32.4, 6);
    expect(gates.delaysNs[2]).toBe(0);
    expect((gates.delaysNs[3]! / 0.3125) % 1).toBeCloseTo(0, 9);
    // The reach of the document gives the gates of the document.
    const same = profileOf(`reach=${(125 * 0.149896229) / 1.08}`);
    expect(same.gates.delaysNs).toEqual(base.gates.delaysNs);
    expect(() => apply(["reach=0"])).toThrow(/expected a range from 1 to 1000 m/);
    expect(() => apply(["reach=200"])).toThrow(/at most the pulse period/);
  });

  test("wavelength moves filter, sunlight and efficiency", () => {
    const { notes, profile } = apply(["wavelength=850"]);
    expect(profile.optics.filterCentreNm).toBe(850);
    expect(profile.environment.sunIrradianceWPerM2Nm).toBeGreaterThan(0.5);
    expect(quantumEfficiency(profile).value).toBeLessThan(0.3);
    expect(notes).toHaveLength(2);
    expect(() => apply(["wavelength=1550"])).toThrow(
      /1550 nm, which inas-me cannot see; expected 380 to \d+ nm/,
    );
  });
});

describe("films", () => {
  const RED = ["material=cdse-npl", "wavelength=690"];

  test("a ligand whose photodiode was measured takes that photodiode", () => {
    const { notes, profile } = apply(["ligand=AA"]);
    expect(profile.detector.name).toBe("inas-aa");
    expect(notes.join()).toMatch(/detector inas-aa, the photodiode that was measured/);
    expect(apply(["ligand=ME"]).profile).toEqual(base);
  });

  test("an anneal moves the edge: the laser is seen after the hot one only", () => {
    expect(() => apply([...RED, "anneal=250"])).toThrow(/690 nm, which cdse-npl-film cannot see/);
    const { notes, profile } = apply([...RED, "anneal=350"]);
    expect(quantumEfficiency(profile).value).toBeGreaterThan(0.1);
    // (e tau / m*) (1 + c) = 1.602e-19 * 69e-15 / (0.13 * 9.109e-31) * 0.33, in cm2/(V s).
    expect(notes.join()).toMatch(/mobility 308 cm2.*as no photodiode of it was measured/);
  });

  test("an anneal outside of the series is refused, or extrapolated and said", () => {
    const settings = ["material=cdse-npl", "wavelength=600", "anneal=370"];
    expect(() => apply(settings)).toThrow(/found anneal=370, expected 250 to 350 C/);
    expect(apply(settings, true).notes.join()).toMatch(
      /extrapolated: cdse-npl was measured from 250 to 350 C/,
    );
  });

  test("longer linkers couple less: a slower film with a bluer edge", () => {
    const film = (linker: string, layers: string) =>
      apply(["material=cspbbr3-superlattice", "wavelength=480", `linker=${linker}`, `layers=${layers}`]);
    const short = film("C3DT", "8");
    const long = film("C10DT", "8");
    expect(long.profile.detector.fallTimeNs).toBeGreaterThan(2 * short.profile.detector.fallTimeNs);
    // 2.477 eV - 44.0 meV, and - 14.2 meV within the spread of the barrier's fit.
    expect(short.notes.join()).toMatch(/edge at 510 nm/);
    expect(long.notes.join()).toMatch(/edge at 50[34] nm/);
    expect(film("C3DT", "1").notes.join()).toMatch(/edge at 501 nm/);
  });

  test("half the bias doubles the transit", () => {
    const fallNs = (bias: string) =>
      apply(["material=cspbbr3-superlattice", "wavelength=480", "linker=C3DT", `bias=${bias}`]).profile
        .detector.fallTimeNs;
    expect(fallNs("-0.5") / fallNs("-1")).toBeCloseTo(2, 8);
  });

  test.each([
    [["anneal=300"], /found anneal for inas, whose films differ by ligand/],
    [["ligand=ME", "anneal=300"], /found anneal for inas/],
    [
      ["detector=pbs-reference", "material=inas"],
      /found detector=pbs-reference, which is made of pbs, and material=inas/,
    ],
    [
      ["detector=inas-me", "ligand=AA"],
      /found detector=inas-me and ligand=AA, which is the detector inas-aa/,
    ],
    [["material=cdse-npl"], /found material=cdse-npl alone, expected anneal=/],
    [["material=cdse-np", "anneal=300"], /did you mean cdse-npl\?/],
    [["material=cspbbr3-superlattice", "linker=C11DT"], /expected one of C3DT, .* did you mean C1?0?1?DT/],
    [["material=cspbbr3-superlattice", "linker=C3DT", "layers=0"], /expected a whole number from 1/],
    [["material=pbs"], /of which several photodiodes were measured; expected one of them/],
    [["ligand=OA"], /found ligand=OA, expected one of AA, ME/],
  ])("%j is refused", (texts, message) => expect(() => apply(texts)).toThrow(message));
});
