import { describe, expect, it } from "vitest";
import { loadDocuments } from "../../hw-profiles/load/load-documents.ts";
import { resolveSensor } from "../../hw-profiles/resolve/resolve-sensor.ts";

/** The default LiDAR on a film whose response follows the area or not. */
function fallTimeNs(responseModel: string): number {
  const documents = structuredClone(loadDocuments("inas-lidar-64x48"));
  const detector = documents.detector as { device: { responseModel: { value: string } } };
  detector.device.responseModel.value = responseModel;
  return resolveSensor(documents).detector.fallTimeNs;
}

describe("responseModel of a sensor's film", () => {
  it("measured: 65 ns on any pixel", () => {
    expect(fallTimeNs("measured")).toBe(65);
  });

  it("area-scaled: a pixel lacks the 2.2 R C of the measured 0.8 mm2", () => {
    // 50 ohm x eps0 10 x 0.8 mm2 / 280 nm = 12.65 ns; x 2.2 = 27.83 ns; sqrt(65^2 - 27.83^2) = 58.74 ns.
    expect(fallTimeNs("area-scaled")).toBeCloseTo(58.74, 2);
  });
});
