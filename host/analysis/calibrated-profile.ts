import { BOLTZMANN_EV_PER_K, ZERO_CELSIUS_K } from "../../hw-profiles/derive/constants.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import type { RegisterPort } from "../camera/register-port.ts";
import type { CalibratedProfile, GateCorrection } from "./gate-correction.ts";

/** 90-10 % fall time of one pole over its time constant. */
const LN_9 = Math.log(9);
const MILLI = 1e-3;
const NS_PER_PS = 1e-3;

type Registers = Pick<RegisterPort, "read" | "readNumber">;

/**
 * What the device fits with now, from its calibration registers: after power-on the profile's own values, else what
 * applyCalibration() wrote. The time constant is that of the chip's present temperature. The pixels' own times stay out.
 * @throws CameraError when the device refuses.
 */
export async function readCalibratedProfile(
  profile: LidarProfile,
  registers: Registers,
): Promise<CalibratedProfile> {
  const { detector, emitter, readout } = profile;
  return {
    ...profile,
    detector: {
      ...detector,
      fallTimeNs: LN_9 * (await readTauNs(registers)),
      slowTailFraction: await registers.readNumber("ResponseTailFraction"),
      slowTailTauNs: await registers.readNumber("ResponseTailTau"),
    },
    emitter: { ...emitter, pulseWidthNs: await registers.readNumber("LaserPulseWidth") },
    readout: { ...readout, timeOffsetNs: await registers.readNumber("RangeTimeOffset") },
    gateCorrection: await readGateCorrection(registers),
  };
}

/** tau(T) = tau exp(Ea / kT - Ea / kT0) [docs/calibration.md]. */
async function readTauNs(registers: Registers): Promise<number> {
  const tauNs = await registers.readNumber("ResponseTau");
  const activationEv = await registers.readNumber("ResponseActivation");
  const kelvin = async (name: string) => MILLI * (await registers.readNumber(name)) + ZERO_CELSIUS_K;
  const inverse = 1 / (await kelvin("DeviceTemperature")) - 1 / (await kelvin("ResponseTemperature"));
  return tauNs * Math.exp((activationEv / BOLTZMANN_EV_PER_K) * inverse);
}

async function readGateCorrection(registers: Registers): Promise<GateCorrection> {
  const points = await registers.read("GateDelayCorrection");
  return {
    widthNs: NS_PER_PS * (await registers.readNumber("GateWidthCorrection")),
    startNs: NS_PER_PS * (await registers.readNumber("GateCorrectionStart")),
    stepNs: NS_PER_PS * (await registers.readNumber("GateCorrectionStep")),
    delaysNs: typeof points === "object" ? points.map((point) => NS_PER_PS * point) : [],
  };
}
