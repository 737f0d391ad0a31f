import { afterEach, describe, expect, test } from "vitest";
import { readCalibratedProfile } from "../../../host/analysis/calibrated-profile.ts";
import { trueGates } from "../../../host/analysis/gate-correction.ts";
import { GateModel } from "../../../host/analysis/gate-model.ts";
import { createShares, ResponseModel } from "../../../host/calibrate/response-model.ts";
import type { Camera } from "../../../host/camera/camera.ts";
import { openCamera } from "../../../host/open-camera.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";

const profile = loadLidarProfile("inas-lidar-64x48");
const times = { gateDelaysNs: profile.gates.delaysNs, gateWidthsNs: profile.gates.widthsNs };
let open: Camera | undefined;
afterEach(() => open?.close());

async function board(): Promise<Camera> {
  const { camera } = await openCamera("sim:inas-lidar-64x48", { simulation: { scene: "wall:range=3" } });
  open = camera;
  return camera;
}

function sharesOf(model: GateModel, t0Ns: number): number[] {
  const shares = new Float64Array(model.gates);
  model.evaluate(t0Ns, shares, new Float64Array(model.gates));
  return [...shares];
}

describe("calibrated profile", () => {
  test("a device fresh from power-on has the profile's response", async () => {
    const { registers } = await board();
    const read = new GateModel(await readCalibratedProfile(profile, registers), times);
    const known = sharesOf(new GateModel(profile, times), 40);
    sharesOf(read, 40).forEach((share, k) => {
      expect(share).toBeCloseTo(known[k]!, 7);
    });
  });

  test("response, pulse, offset and gates are those that were written", async () => {
    const { registers } = await board();
    const points = Array.from({ length: 64 }, (_, i) => 10 * i - 100);
    await registers.write("ResponseTau", 33.5);
    await registers.write("ResponseTailFraction", 0.08);
    await registers.write("ResponseTailTau", 210);
    await registers.write("LaserPulseWidth", 41.25);
    await registers.write("RangeTimeOffset", 1.5);
    await registers.write("GateWidthCorrection", 150);
    await registers.write("GateCorrectionStart", -12_500);
    await registers.write("GateCorrectionStep", 6250);
    await registers.write("GateDelayCorrection", points);
    const read = await readCalibratedProfile(profile, registers);
    expect(read.readout.timeOffsetNs).toBe(1.5);
    const schedule = {
      periodNs: 1e9 / profile.emitter.repetitionHz,
      gating: profile.gates.gating,
      extinction: profile.gates.extinction,
      delaysNs: profile.gates.delaysNs,
      widthsNs: profile.gates.widthsNs,
    };
    const expected = createShares(schedule.delaysNs.length);
    new ResponseModel(schedule, {
      tauNs: 33.5,
      tailFraction: 0.08,
      tailTauNs: 210,
      pulseWidthNs: 41.25,
      timeOffsetNs: 1.5,
      gateWidthNs: 0.15,
      gateDelaysNs: schedule.delaysNs.map((delayNs) => (10 * ((delayNs + 12.5) / 6.25) - 100) / 1000),
    }).evaluate(40, expected);
    sharesOf(new GateModel(read, times), 40).forEach((share, k) => {
      expect(share).toBeCloseTo(expected.shares[k]!, 6);
    });
  });

  test("the time constant follows the chip's temperature", async () => {
    const { registers } = await board();
    await registers.write("ResponseTau", 30);
    await registers.write("ResponseActivation", 0.02);
    const presentC = (await registers.readNumber("DeviceTemperature")) / 1000;
    await registers.write("ResponseTemperature", 1000 * (presentC - 25));
    const { detector } = await readCalibratedProfile(profile, registers);
    // exp(Ea / k (1 / T - 1 / T0)) by hand, k = 8.617333e-5 eV/K.
    const kelvin = presentC + 273.15;
    const tauNs = 30 * Math.exp((0.02 / 8.617333e-5) * (1 / kelvin - 1 / (kelvin - 25)));
    expect(detector.fallTimeNs / Math.log(9)).toBeCloseTo(tauNs, 4);
    expect(tauNs).toBeLessThan(29);
  });

  test("between the points of the delay table it is linear, beyond them held", () => {
    const gateCorrection = { widthNs: 0.5, startNs: 0, stepNs: 10, delaysNs: [0, 0.2, -0.2] };
    const asked = { gateDelaysNs: [-5, 0, 5, 15, 20, 100], gateWidthsNs: [15] };
    const { gateDelaysNs, gateWidthsNs } = trueGates(asked, { ...profile, gateCorrection });
    const expected = [-5, 0, 5.1, 15, 19.8, 99.8];
    expect(gateDelaysNs).toHaveLength(expected.length);
    expected.forEach((delayNs, i) => {
      expect(gateDelaysNs[i]).toBeCloseTo(delayNs, 12);
    });
    expect(gateWidthsNs).toEqual([15.5]);
  });
});
