import { BLIND_BELOW, relativeResponse, visibleRangeNm } from "../derive/spectral-range.ts";
import type { PhotodiodeDocument } from "../schema/detector-schema.ts";
import type { SensorDocument } from "../schema/sensor-schema.ts";
import type { ProfileIssue } from "./profile-error.ts";

export type Finding = Omit<ProfileIssue, "file">;

/** fx and focal length / pitch may differ by this share (lens tolerance). */
const FOCAL_TOLERANCE = 0.05;

export function checkAdc({ adc }: SensorDocument): Finding[] {
  const found: Finding[] = [];
  const codes = 2 ** adc.bits.value;
  if (adc.saturation.value >= codes) {
    const expected = `a code below ${codes} (${adc.bits.value} bit)`;
    found.push({ path: "adc.saturation.value", found: `${adc.saturation.value} DN`, expected });
  }
  if (adc.pedestal.value >= adc.saturation.value) {
    const expected = `a code below adc.saturation (${adc.saturation.value} DN)`;
    found.push({ path: "adc.pedestal.value", found: `${adc.pedestal.value} DN`, expected });
  }
  return found;
}

/** Lens against array, and filter against the light of `source`, which has the wavelength `wavelengthNm`. */
export function checkOptics(
  { optics, array }: SensorDocument,
  source: string,
  wavelengthNm: number,
): Finding[] {
  const found: Finding[] = [];
  const focalPx = (optics.focalLength.value * 1000) / array.pitch.value;
  for (const key of ["fx", "fy"] as const) {
    const value = optics[key].value;
    if (Math.abs(value / focalPx - 1) <= FOCAL_TOLERANCE) continue;
    const expected = `focal length / pitch = ${focalPx.toPrecision(6)} px within ${FOCAL_TOLERANCE * 100} %`;
    found.push({ path: `optics.${key}.value`, found: `${value} px`, expected });
  }
  const { filterCentre, filterWidth } = optics;
  if (Math.abs(filterCentre.value - wavelengthNm) > filterWidth.value / 2) {
    const expected = `a filter that passes ${source} (${wavelengthNm} nm)`;
    const band = `${filterCentre.value} nm, ${filterWidth.value} nm wide`;
    found.push({ path: "optics.filterCentre.value", found: band, expected });
  }
  return found;
}

export function checkDefects({ defects }: SensorDocument): Finding[] {
  const sum = defects.deadFraction.value + defects.hotFraction.value + defects.stuckFraction.value;
  if (sum <= 0.5) return [];
  return [
    { path: "defects", found: `${sum} of all pixels`, expected: "at most half of the pixels defective" },
  ];
}

/** EQE above 1 is gain, whose noise no pixel of the simulator has. */
export function checkGain({ eqePoints }: PhotodiodeDocument): Finding[] {
  const k = eqePoints.findIndex((point) => point.eqe.value > 1);
  if (k < 0) return [];
  const expected = "at most 1 in a sensor: pixels have no noise of gain; cqd bench measures such devices";
  return [{ path: `eqePoints.${k}.eqe.value`, found: `${eqePoints[k]?.eqe.value}`, expected }];
}

/** Whether the film sees the light of `source` at all; documents without a device section do not say. */
export function checkVisible(
  { name, device }: PhotodiodeDocument,
  source: string,
  wavelengthNm: number,
): Finding[] {
  if (device === undefined) return [];
  const { peak, halfWidth, plateau, minimum } = device.spectrum;
  const spectrum = {
    peakNm: peak.value,
    halfWidthEv: halfWidth.value,
    plateau: plateau.value,
    minNm: minimum.value,
  };
  if (relativeResponse(spectrum, wavelengthNm) >= BLIND_BELOW) return [];
  const [from, to] = visibleRangeNm(spectrum);
  const range = `${Math.round(from)} to ${Number.isFinite(to) ? `${Math.round(to)} nm` : "the far infrared"}`;
  const expected = `light that ${name} sees: ${range}, peak at ${peak.value} nm`;
  return [{ path: "detector", found: `${name} for ${source} (${wavelengthNm} nm)`, expected }];
}

export function checkDetector(detector: PhotodiodeDocument): Finding[] {
  const biases = detector.eqePoints.map((point) => point.bias.value);
  const falling = biases.findIndex((bias, i) => i > 0 && bias <= (biases[i - 1] ?? 0));
  if (falling < 0) return [];
  const expected = `more than ${biases[falling - 1]} V (points stand by rising bias)`;
  return [{ path: `eqePoints.${falling}.bias.value`, found: `${biases[falling]} V`, expected }];
}
