import { beforeAll, describe, expect, test } from "vitest";
import type { TofCalibration } from "../../../host/calibrate/tof-calibration.ts";
import { RegisterPort } from "../../../host/camera/register-port.ts";
import { EXIT_BAD_INPUT, EXIT_USAGE } from "../../../host/cli/exit-codes.ts";
import { SimulatedSource } from "../../../host/server/simulated-source.ts";
import { exampleCalibration } from "../calibrate/example-calibration.ts";
import { cqd } from "../support/run-main.ts";

const DEVIATION = { tauFactor: 1.1 };
const LIDAR = "inas-lidar-64x48";
const BASE = { profile: LIDAR, scenes: ["wall:range=3"], seed: 1, threads: 0, firmware: "simd" };
let calibration: TofCalibration;

beforeAll(async () => {
  calibration = await exampleCalibration(DEVIATION);
});

async function read(source: SimulatedSource, profileId: string, register: string): Promise<number> {
  const { transport } = await source.open(profileId, source.scenes[0]!.id);
  try {
    return await new RegisterPort(transport).readNumber(register);
  } finally {
    await transport.close();
  }
}

describe("boards of the viewer", () => {
  test("are calibrated whenever they are opened", async () => {
    const source = new SimulatedSource({ ...BASE, deviation: DEVIATION, calibration });
    for (let opened = 0; opened < 2; opened++)
      expect((await read(source, LIDAR, "ResponseTau")) / 29.58).toBeCloseTo(1.1, 2);
  });

  test("without a calibration are as their profile says", async () => {
    expect(await read(new SimulatedSource(BASE), LIDAR, "ResponseTau")).toBeCloseTo(29.58, 1);
  });

  test("of other profiles neither deviate nor are calibrated", async () => {
    const source = new SimulatedSource({ ...BASE, deviation: { temperatureK: 25 }, calibration });
    const coldC = await read(new SimulatedSource(BASE), "inas-imager-64x48", "DeviceTemperature");
    expect(await read(source, "inas-imager-64x48", "DeviceTemperature")).toBe(coldC);
    expect(await read(source, LIDAR, "DeviceTemperature")).toBe(60_000);
  });

  test("refuse a calibration of another device", async () => {
    const source = new SimulatedSource({ ...BASE, calibration: { ...calibration, serialNumber: "other" } });
    await expect(read(source, LIDAR, "ResponseTau")).rejects.toThrow(
      /found the device .*, expected .*other.*calibrate this device/,
    );
  });

  test("cqd view tells a bad file or deviation in one line", async () => {
    const missing = await cqd("view", "--calibration", "nowhere.json", "--port", "0");
    expect(missing.code).toBe(EXIT_BAD_INPUT);
    expect(missing.stderr).toContain("nowhere.json");
    const unknown = await cqd("view", "--deviation", "tua=1.1", "--port", "0");
    expect(unknown.code).toBe(EXIT_USAGE);
    expect(unknown.stderr).toContain("did you mean tau");
  });
});
