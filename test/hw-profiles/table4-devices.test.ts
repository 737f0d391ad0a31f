import { describe, expect, it } from "vitest";
import { relativeResponse, responsivityAPerW } from "../../hw-profiles/derive/spectral-range.ts";
import { transitTimeS, umToCm } from "../../hw-profiles/derive/transport.ts";
import type { DeviceProfile } from "../../hw-profiles/device-profile.ts";
import { listDocuments } from "../../hw-profiles/load/list-documents.ts";
import { loadDevice } from "../../hw-profiles/load/load-part.ts";

const devices = listDocuments("detector")
  .filter(({ name }) => name.startsWith("meng-"))
  .map(({ name }) => loadDevice(name));

/** Carriers per photon at the peak: EQE of a diode, efficiency x lifetime / transit of a channel [meng2024 section 4]. */
function carriersPerPhoton(device: DeviceProfile, biasV: number, gateV: number | undefined): number {
  if (device.structure === "photodiode") {
    const point = device.eqePoints.find((entry) => entry.biasV === biasV);
    if (point === undefined) throw new Error(`${device.name}: no EQE at ${biasV} V`);
    return point.eqe;
  }
  const isConductor = device.structure === "photoconductor";
  const lifetimeS = isConductor ? device.carrierLifetimeS : device.trapLifetimeS;
  const driftV = isConductor ? biasV + device.builtInV : biasV;
  const transitS = transitTimeS(umToCm(device.channelLengthUm), device.mobilityCm2PerVs, driftV);
  const gate = isConductor ? undefined : device.gatePoints.find((point) => point.gateV === gateV);
  return device.internalQuantumEfficiency * (lifetimeS / transitS) * (gate?.relativeGain ?? 1);
}

describe("devices of the review", () => {
  it("are nineteen: table 4 and the HgTe diode of the text", () => {
    expect(devices.length).toBe(19);
    const structures = devices.map(({ structure }) => structure);
    expect(structures.filter((structure) => structure === "photoconductor").length).toBe(3);
    expect(structures.filter((structure) => structure === "phototransistor").length).toBe(6);
  });

  // The responsivity is no input of any document: it has to follow from what is.
  it.each(devices.map((device) => [device.name, device] as const))(
    "%s gives its printed responsivity",
    (_, device) => {
      for (const figure of device.published.filter(({ quantity }) => quantity === "responsivity")) {
        const { wavelengthNm = 0, biasV = device.operatingBiasV, gateV, values, reading } = figure;
        const peak = carriersPerPhoton(device, biasV, gateV);
        const shape = relativeResponse(device.spectrum, wavelengthNm);
        const simulated = responsivityAPerW(peak * shape, wavelengthNm);
        const ratio = simulated / (values[0] ?? 0);
        if (reading === "above") expect(ratio).toBeGreaterThan(1);
        else if (reading === "below") expect(ratio).toBeLessThan(1);
        else expect(Math.abs(ratio - 1)).toBeLessThan(0.02);
      }
    },
  );

  it("have printed times as time constants", () => {
    for (const device of devices) {
      for (const { quantity, values, reading } of device.published) {
        const pole = device.response[0];
        const tauS =
          quantity === "riseTime" ? pole?.riseTauS : quantity === "fallTime" ? pole?.fallTauS : undefined;
        if (tauS === undefined) continue;
        const timeS = tauS * Math.log(9);
        if (reading === "below") expect(timeS, device.name).toBeLessThan(values[0] ?? 0);
        else expect(timeS / (values[0] ?? 0), device.name).toBeCloseTo(1, 9);
      }
    }
  });
});
