import { Command } from "commander";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import type { CameraInfo } from "../../camera/camera-info.ts";
import { type DeviceOptions, deviceOptions, withCamera } from "../device/device-options.ts";
import type { FirmwareIdentity } from "../device/firmware-identity.ts";
import { bold, printJson, printLine } from "../text/terminal.ts";

interface InfoOptions extends DeviceOptions {
  readonly json?: true;
}

const HELP = `
Examples:
  cqd info
  cqd info --device sim:pbs-lidar-320x240 --json

JSON: every register in plain units, and "firmware", "noise", "rangeWindowM"; frameRateHz = 1e9 / frameTimeNs,
frameTimeNs = gates x (gateTimeNs + planeReadTimeNs).`;

export function infoCommand(): Command {
  const command = new Command("info")
    .description("what a device is, how fast it runs and how quiet it is")
    .option("--json", "one JSON object")
    .addHelpText("after", HELP);
  return deviceOptions(command).action(async (options: InfoOptions) => {
    const { firmwareIdentity } = await import("../device/firmware-identity.ts");
    await withCamera(options, async (camera) => {
      const info = await camera.info();
      const profile = await camera.profile();
      const firmware = await firmwareIdentity(options.device, options.firmware);
      const facts = { noise: await noiseOf(info, profile), rangeWindowM: rangeWindow(profile) };
      if (options.json)
        printJson({ ...info, profile: profile.name, title: profile.title, firmware, ...facts });
      else await print(info, profile, firmware, facts);
    });
  });
}

const LIGHT_M_PER_NS = 0.299792458;

function rangeWindow({ readout }: LidarProfile): { min: number; max: number } {
  const metres = (t0Ns: number) => (LIGHT_M_PER_NS / 2) * (t0Ns - readout.timeOffsetNs);
  return { min: metres(readout.t0MinNs), max: metres(readout.t0MaxNs) };
}

async function noiseOf(info: CameraInfo, profile: LidarProfile) {
  const { fullWellE, resetNoiseE, sampleNoiseVarianceE2 } = await import("../../analysis/noise-model.ts");
  return {
    resetNoiseE: resetNoiseE(profile, info.temperatureC),
    readNoiseE: profile.pixel.readNoiseE,
    quantisationNoiseE: info.gainEPerDn / Math.sqrt(12),
    sampleNoiseE: Math.sqrt(sampleNoiseVarianceE2(profile, info.temperatureC)),
    fullWellE: fullWellE(profile),
  };
}

type Facts = { noise: Awaited<ReturnType<typeof noiseOf>>; rangeWindowM: { min: number; max: number } };

async function print(
  info: CameraInfo,
  profile: LidarProfile,
  firmware: FirmwareIdentity | undefined,
  { noise, rangeWindowM }: Facts,
): Promise<void> {
  const { quantity, table } = await import("../text/table.ts");
  const ms = (ns: number) => quantity(ns / 1e6, "ms");
  const delays = info.gateDelaysNs;
  const module = firmware ? `, ${firmware.bytes} bytes, sha256 ${firmware.sha256}` : "";
  const rows: string[][] = [
    ["device", `${info.device}, ${info.vendor} ${info.model}, serial ${info.serialNumber}`],
    ["firmware", `${info.firmwareVersion}, ABI ${info.abiVersion}${module}`],
    [
      "array",
      `${info.widthPx} x ${info.heightPx} px, pitch ${profile.array.pitchUm} um, ${profile.detector.material}`,
    ],
    [
      "gates",
      `${info.gates} ${info.gating}, ${info.pulsesPerGate} pulses each, ` +
        `delays ${delays[0]}..${delays.at(-1)} ns, width ${info.gateWidthsNs[0]} ns`,
    ],
    ["clock", quantity(info.clockHz / 1e6, "MHz")],
    ["row time", quantity(info.rowTimeNs / 1e3, "us")],
    ["gate time", ms(info.gateTimeNs)],
    ["plane read", ms(info.planeReadTimeNs)],
    [
      "frame time",
      `${ms(info.frameTimeNs)} = ${info.gates} gates x (${ms(info.gateTimeNs)} gate + ${ms(info.planeReadTimeNs)} plane read)`,
    ],
    ["frame rate", `${quantity(info.frameRateHz, "fps")} = 1 / frame time`],
    [
      "noise",
      `${quantity(noise.sampleNoiseE, "e- rms a sample")} (reset ${quantity(noise.resetNoiseE, "e-")}, ` +
        `read ${quantity(noise.readNoiseE, "e-")}, quantisation ${quantity(noise.quantisationNoiseE, "e-")})`,
    ],
    [
      "full well",
      `${quantity(noise.fullWellE, "e-")}, ${quantity(info.gainEPerDn, "e-/DN")}, saturated from ${info.saturationDn} DN`,
    ],
    ["range window", `${rangeWindowM.min.toFixed(2)}..${rangeWindowM.max.toFixed(2)} m`],
    [
      "scales",
      `range ${quantity(info.rangeScaleM * 1000, "mm")}, sigma ${quantity(info.sigmaScaleM * 1000, "mm")}, ` +
        `amplitude ${quantity(info.amplitudeScaleE, "e-")}, ambient ${quantity(info.ambientScaleE, "e-")} a code`,
    ],
    ["temperature", quantity(info.temperatureC, "degC")],
  ];
  printLine(`${bold(profile.name)}  ${profile.title}`);
  for (const line of table(rows)) printLine(line);
}
