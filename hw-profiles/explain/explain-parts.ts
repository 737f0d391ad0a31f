// What follows from documents other than sensors.

import { PHOTON_EV_NM } from "../derive/constants.ts";
import { filmMobilityCm2PerVs, processNames } from "../derive/film.ts";
import { halfLifeMin } from "../derive/led-ageing.ts";
import { poleBandwidthHz } from "../derive/response-time.ts";
import { responsivityAPerW, visibleRangeNm } from "../derive/spectral-range.ts";
import { photoconductiveGain, transitTimeS, umToCm } from "../derive/transport.ts";
import type {
  DeviceProfile,
  LightSourceProfile,
  MaterialProfile,
  PhotoconductorProfile,
  PhotodiodeProfile,
  PhototransistorProfile,
  SpectrumProfile,
} from "../device-profile.ts";
import { deriveFallTime, deriveFilm, deriveResponsivity } from "./derive-film.ts";
import { type DerivedValue, derived, digits } from "./derived-value.ts";

const LUMINANCE_OF_A_SCREEN_CD_PER_M2 = 100;
const MIN_PER_H = 60;

function range({ spectrum }: DeviceProfile): DerivedValue {
  const [fromNm, toNm] = visibleRangeNm(spectrum);
  const edge = `peak ${spectrum.peakNm} nm, half width ${spectrum.halfWidthEv} eV, from ${Math.round(fromNm)} nm on`;
  return derived(
    "longestWavelength",
    toNm,
    "nm",
    "1 % of the peak's response, Gaussian in photon energy",
    edge,
  );
}

function poles({ response }: DeviceProfile): DerivedValue[] {
  const [fast] = response;
  if (fast === undefined) return [];
  const tauS = (fast.riseTauS + fast.fallTauS) / 2;
  return [
    derived(
      "responseTau",
      fast.fallTauS * 1e9,
      "ns",
      "tau = t_fall / ln 9",
      `${digits(fast.fallTauS * 1e9)} ns`,
    ),
    derived(
      "bandwidth",
      poleBandwidthHz(tauS),
      "Hz",
      "1 / (2 pi tau), mean of rise and fall [meng2024 section 4]",
      `tau = ${digits(tauS * 1e9)} ns`,
    ),
  ];
}

function photodiode(device: PhotodiodeProfile, material: MaterialProfile): DerivedValue[] {
  const chain = { material, device, areaCm2: device.areaCm2 };
  const film = deriveFilm(chain);
  const fromMaterialNs = film.find(({ name }) => name === "riseTimeFromMaterial")?.value;
  const measuredNs = (device.response[0]?.fallTauS ?? 0) * 1e9 * Math.log(9);
  const isMaterial = device.responseModel === "material";
  const eqe = device.eqePoints.find((point) => point.biasV === device.operatingBiasV)?.eqe;
  return [
    ...film,
    deriveFallTime(chain, isMaterial ? (fromMaterialNs ?? measuredNs) : measuredNs),
    ...(eqe === undefined ? [] : [deriveResponsivity(device, eqe)]),
  ];
}

function channel(device: PhotoconductorProfile | PhototransistorProfile): DerivedValue[] {
  const isConductor = device.structure === "photoconductor";
  const lifetimeS = isConductor ? device.carrierLifetimeS : device.trapLifetimeS;
  const voltageV = isConductor ? device.operatingBiasV + device.builtInV : device.drainV;
  const transitS = transitTimeS(umToCm(device.channelLengthUm), device.mobilityCm2PerVs, voltageV);
  const gain = photoconductiveGain(lifetimeS, transitS);
  const { peakNm } = device.spectrum;
  const efficiency = device.internalQuantumEfficiency;
  return [
    derived(
      "transitTime",
      transitS * 1e9,
      "ns",
      "L^2 / (mu V) [meng2024 section 4]",
      `L = ${device.channelLengthUm} um, mu = ${device.mobilityCm2PerVs} cm2/(V s), V = ${voltageV} V`,
    ),
    derived(
      "gain",
      gain,
      "1",
      "lifetime / transit [meng2024 section 4]",
      `${digits(lifetimeS * 1e9)} ns / ${digits(transitS * 1e9)} ns`,
    ),
    derived(
      "responsivity",
      responsivityAPerW(efficiency * gain, peakNm),
      "A/W",
      "efficiency x gain x lambda / 1239.84 nm",
      `${efficiency} x ${digits(gain)} x ${peakNm} nm / 1239.84 nm`,
    ),
  ];
}

/** A detector as a device of the bench. */
export function deriveDevice(device: DeviceProfile, material: MaterialProfile): DerivedValue[] {
  const own = device.structure === "photodiode" ? photodiode(device, material) : channel(device);
  return [...own, ...poles(device), range(device)];
}

/** Mobility of every row that has what it needs. */
export function deriveMaterial(material: MaterialProfile): DerivedValue[] {
  const edgeNm = PHOTON_EV_NM / material.edgeEv;
  const edge = derived("edgeWavelength", edgeNm, "nm", "h c / E", `1239.84 eV nm / ${material.edgeEv} eV`);
  return [edge, ...processNames(material).flatMap((process) => mobilityOf(material, process))];
}

function mobilityOf(material: MaterialProfile, process: string): DerivedValue[] {
  if (material.family !== "ligand" && material.effectiveMass === undefined) return [];
  const isMeasured =
    material.family !== "annealed" ||
    material.anneals.some((row) => `${row.annealC}` === process && row.scatteringTimeFs && row.persistence);
  if (!isMeasured) return [];
  const { value, steps } = filmMobilityCm2PerVs(material, process);
  return [derived(`mobility.${process}`, value, "cm2/(V s)", ...steps)];
}

/** A light source. */
export function deriveSource(source: LightSourceProfile): DerivedValue[] {
  const photonEv = PHOTON_EV_NM / source.wavelengthNm;
  const photon = derived(
    "photonEnergy",
    photonEv,
    "eV",
    "h c / lambda",
    `1239.84 eV nm / ${source.wavelengthNm} nm`,
  );
  if (source.type === "pulsed-laser") {
    const pulse = `${source.peakPowerW} W x ${source.pulseWidthNs} ns`;
    const energyUj = source.peakPowerW * source.pulseWidthNs * 1e-3;
    return [photon, derived("pulseEnergy", energyUj, "uJ", "peak power x pulse width", pulse)];
  }
  if (source.type === "pumped-laser") {
    const { threshold, operatingPump } = source;
    const numbers = `${operatingPump} / ${threshold.value} ${threshold.unit}`;
    return [
      photon,
      derived("pumpOverThreshold", operatingPump / threshold.value, "1", "pump / threshold", numbers),
    ];
  }
  const { t50Min, luminanceCdPerM2, acceleration } = source.ageing;
  const hours = halfLifeMin(source, LUMINANCE_OF_A_SCREEN_CD_PER_M2) / MIN_PER_H;
  const law = `${t50Min} min x (${luminanceCdPerM2} / ${LUMINANCE_OF_A_SCREEN_CD_PER_M2})^${acceleration}`;
  return [photon, derived("halfLifeAt100CdPerM2", hours, "h", "L0^n T50 = const [zhang2023]", law)];
}

/** A spectrum: its integral, and the part of it beyond the gap of silicon. */
export function deriveSpectrum({ wavelengthsNm, values, unit }: SpectrumProfile): DerivedValue[] {
  if (unit === "1") return [];
  const total = integral(wavelengthsNm, values, 0);
  const beyond = integral(wavelengthsNm, values, 1100);
  return [
    derived(
      "irradiance",
      total,
      "W/m2",
      "integral over the wavelengths, by trapezia",
      `${wavelengthsNm.length} points`,
    ),
    derived(
      "shareBeyond1100",
      beyond / total,
      "1",
      "irradiance beyond 1100 nm over all",
      `${digits(beyond)} / ${digits(total)} W/m2`,
    ),
  ];
}

/** Integral from `fromNm` on; intervals that begin before it do not count. */
function integral(wavelengthsNm: readonly number[], values: readonly number[], fromNm: number): number {
  let sum = 0;
  for (let i = 1; i < wavelengthsNm.length; i++) {
    const [a, b] = [wavelengthsNm[i - 1] ?? 0, wavelengthsNm[i] ?? 0];
    if (a >= fromNm) sum += (((values[i - 1] ?? 0) + (values[i] ?? 0)) / 2) * (b - a);
  }
  return sum;
}
