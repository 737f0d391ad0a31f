// What follows for an imaging sensor besides charge and noise. Equations: docs/physics.md, light; docs/timing.md, imaging modes.

import { LIGHT_M_PER_S, PLANCK_J_S } from "../derive/constants.ts";
import { type ImagingFrame, imagingFrame } from "../resolve/imaging-frame.ts";
import type { ImagingProfile } from "../sensor-profile.ts";
import { geometry, quantumEfficiency } from "./derive-optics.ts";
import { type DerivedValue, derived, digits } from "./derived-value.ts";

/** Values of the electronics that the rest is worked out from. */
export interface ChargeValues {
  readonly gainEPerDn: number;
  readonly saturationE: number;
  readonly quantisationE: number;
  readonly darkRateEPerS: number;
}

function electronics({ pixel }: ImagingProfile, charge: ChargeValues): DerivedValue[] {
  const { gainEPerDn, quantisationE } = charge;
  const readE = Math.sqrt(2 * (pixel.readNoiseE ** 2 + quantisationE ** 2));
  const sum = `sqrt(2 (${pixel.readNoiseE}^2 + ${digits(quantisationE)}^2))`;
  return [
    derived("systemGain", 1 / gainEPerDn, "DN/e-", "K = 1 / gain", `1 / ${digits(gainEPerDn)}`),
    derived("cdsNoise", readE, "e-", "sqrt(2 (read^2 + quantisation^2)), the reset's noise cancels", sum),
  ];
}

function light(profile: ImagingProfile, saturationE: number): DerivedValue[] {
  const { array, film, optics } = profile;
  const eqe = quantumEfficiency(profile);
  const share = eqe.value * array.fillFactor;
  const photonJ = (PLANCK_J_S * LIGHT_M_PER_S) / (film.wavelengthNm * 1e-9);
  const areaM2 = (array.pitchUm * 1e-6) ** 2;
  const perIrradiance = areaM2 / photonJ;
  const perRadiance = (Math.PI * optics.transmission) / (4 * optics.fNumber ** 2 + 1);
  const photons = `(${array.pitchUm} um)^2 / ${digits(photonJ)} J at ${film.wavelengthNm} nm`;
  const lens = `pi x ${optics.transmission} / (4 x ${optics.fNumber}^2 + 1)`;
  return [
    eqe,
    derived(
      "electronsPerPhoton",
      share,
      "1",
      "EQE x fill factor",
      `${digits(eqe.value)} x ${array.fillFactor}`,
    ),
    derived("photonRate", perIrradiance, "1/s per W/m2", "A lambda / (h c), A = pitch^2", photons),
    derived("irradiancePerRadiance", perRadiance, "sr", "pi T / (4 N^2 + 1), on axis", lens),
    derived(
      "saturationPhotons",
      saturationE / share,
      "photons",
      "saturation signal / (EQE x fill factor), on the whole pixel",
      `${digits(saturationE)} / ${digits(share)}`,
    ),
    ...geometry(profile),
  ];
}

function steps(frame: ImagingFrame, profile: ImagingProfile): DerivedValue[] {
  const { adc, array, exposure, roic } = profile;
  const { convertCycles, groups, resetCycles, settleCycles, stepCycles, transferCycles } = frame;
  const transfer = `${roic.transferOverheadCycles} + ceil(${roic.adcBanks} x ${array.widthPx} / ${roic.transferPixelsPerCycle})`;
  const step = roic.pipelined ? "max(settle + 2^bits, transfer)" : "settle + 2^bits + transfer";
  const parts = `settle ${settleCycles}, conversion ${convertCycles}, transfer ${transferCycles} cycles`;
  const isRolling = exposure.shutter === "rolling";
  const lineCycles = isRolling ? frame.slotCycles : stepCycles;
  const line = isRolling ? "reset + Q x step (row slot)" : "step";
  const slot = `${resetCycles} + ${frame.steps} x ${stepCycles} cycles at ${adc.clockHz} Hz`;
  return [
    derived("transferTime", transferCycles, "cycles", "overhead + ceil(B W / pixels per cycle)", transfer),
    derived("stepTime", stepCycles, "cycles", step, parts),
    derived(
      "lineGroups",
      groups,
      "1",
      "rows / ADC banks, rounded up",
      `${array.heightPx} / ${roic.adcBanks}`,
    ),
    derived(
      "lineTime",
      (lineCycles / adc.clockHz) * 1e6,
      "us",
      line,
      isRolling ? slot : `${stepCycles} cycles`,
    ),
  ];
}

function frameTimes(frame: ImagingFrame, { adc, exposure }: ImagingProfile): DerivedValue[] {
  const { exposureCycles, exposureStepCycles, frameCycles, minFrameCycles } = frame;
  const clock = `${adc.clockHz} Hz`;
  const count = exposureCycles / exposureStepCycles;
  const shortest =
    exposure.shutter === "rolling"
      ? `${minFrameCycles / frame.slotCycles} row slots of ${frame.slotCycles} cycles`
      : `${minFrameCycles} cycles: reset, exposure and every read pass`;
  return [
    derived(
      "exposureTime",
      (exposureCycles / adc.clockHz) * 1e6,
      "us",
      "nearest that the chip can do",
      `${count} x ${exposureStepCycles} cycles at ${clock}`,
    ),
    derived(
      "maxFrameRate",
      adc.clockHz / minFrameCycles,
      "Hz",
      "clock / shortest frame with this exposure",
      shortest,
    ),
    derived("frameRate", adc.clockHz / frameCycles, "Hz", "clock / frame", `${clock} / ${frameCycles}`),
  ];
}

function darkSignal(frame: ImagingFrame, clockHz: number, charge: ChargeValues): DerivedValue {
  const exposureS = frame.exposureCycles / clockHz;
  const numbers = `${digits(charge.darkRateEPerS)} e-/s x ${digits(exposureS)} s`;
  return derived("darkSignal", charge.darkRateEPerS * exposureS, "e-", "dark rate x exposure", numbers);
}

/** Gain, light, timing and dark signal of an imaging sensor after power-on. */
export function deriveImaging(profile: ImagingProfile, charge: ChargeValues): DerivedValue[] {
  const frame = imagingFrame(profile);
  return [
    ...electronics(profile, charge),
    ...light(profile, charge.saturationE),
    ...steps(frame, profile),
    ...frameTimes(frame, profile),
    darkSignal(frame, profile.adc.clockHz, charge),
  ];
}
