import type {
  LedProfile,
  LightSourceProfile,
  PulsedLaserProfile,
  PumpedLaserProfile,
} from "../device-profile.ts";
import type {
  EmitterDocument,
  LedDocument,
  PulsedLaserDocument,
  PumpedLaserDocument,
} from "../schema/emitter-schema.ts";

function resolvePulsed(document: PulsedLaserDocument): PulsedLaserProfile {
  return {
    type: "pulsed-laser",
    name: document.name,
    title: document.title,
    wavelengthNm: document.wavelength.value,
    pulseWidthNs: document.pulseWidth.value,
    repetitionHz: document.repetition.value,
    peakPowerW: document.peakPower.value,
  };
}

function resolvePumped(document: PumpedLaserDocument): PumpedLaserProfile {
  const { tunableFrom, tunableTo, threshold } = document;
  const tunable =
    tunableFrom === undefined || tunableTo === undefined
      ? {}
      : { tunableNm: [tunableFrom.value, tunableTo.value] as const };
  return {
    type: "pumped-laser",
    name: document.name,
    title: document.title,
    wavelengthNm: document.wavelength.value,
    ...tunable,
    pumpNm: document.pumpWavelength.value,
    pump: document.pump.value,
    threshold: { value: threshold.value, unit: threshold.unit },
    operatingPump: document.operatingPump.value,
    linewidthEv: document.linewidth.value,
    gainPerCm: document.gain.value,
    temperature: document.temperature.value,
    slopeEfficiency: document.slopeEfficiency.value,
    published: document.published,
  };
}

function resolveLed(document: LedDocument): LedProfile {
  const { ageing } = document;
  return {
    type: "led",
    name: document.name,
    title: document.title,
    wavelengthNm: document.wavelength.value,
    fwhmNm: document.fwhm.value,
    eqe: document.eqe.value,
    lifetimeNs: document.lifetime.value,
    angular: document.angular.value,
    ageing: {
      t50Min: ageing.t50.value,
      luminanceCdPerM2: ageing.luminance.value,
      acceleration: ageing.acceleration.value,
    },
    published: document.published,
  };
}

export function resolveLightSource(document: EmitterDocument): LightSourceProfile {
  switch (document.type) {
    case "pumped-laser":
      return resolvePumped(document);
    case "led":
      return resolveLed(document);
    default:
      return resolvePulsed(document);
  }
}
