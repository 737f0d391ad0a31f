import type { DetectorDocument } from "../schema/detector-schema.ts";
import type { EmitterDocument } from "../schema/emitter-schema.ts";
import type { SensorDocument } from "../schema/sensor-schema.ts";
import { checkGates } from "./check-gates.ts";
import type { ProfileIssue } from "./profile-error.ts";

/** Documents that passed the schema, each on its own. */
export interface ValidDocuments {
  readonly sensor: SensorDocument;
  readonly detector: DetectorDocument;
  readonly emitter: EmitterDocument;
}

/** What messages call the documents. */
export interface DocumentFiles {
  readonly sensorFile: string;
  readonly detectorFile: string;
}

type Finding = Omit<ProfileIssue, "file">;

/** fx and focal length / pitch may differ by this share (lens tolerance). */
const FOCAL_TOLERANCE = 0.05;
const SPEED_OF_LIGHT_M_PER_NS = 0.299792458;
const U16_MAX = 65_535;

function checkAdc({ sensor: { adc } }: ValidDocuments): Finding[] {
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

function checkClock({ sensor, emitter }: ValidDocuments): Finding[] {
  const clockHz = sensor.adc.clock.value;
  const cycles = clockHz / emitter.repetition.value;
  if (Number.isInteger(cycles)) return [];
  const expected = `a multiple of the pulse rate of ${emitter.name} (${emitter.repetition.value} Hz)`;
  return [{ path: "adc.clock.value", found: `${clockHz} Hz`, expected }];
}

function checkOptics({ sensor: { optics, array }, emitter }: ValidDocuments): Finding[] {
  const found: Finding[] = [];
  const focalPx = (optics.focalLength.value * 1000) / array.pitch.value;
  for (const key of ["fx", "fy"] as const) {
    const value = optics[key].value;
    if (Math.abs(value / focalPx - 1) <= FOCAL_TOLERANCE) continue;
    const expected = `focal length / pitch = ${focalPx.toPrecision(6)} px within ${FOCAL_TOLERANCE * 100} %`;
    found.push({ path: `optics.${key}.value`, found: `${value} px`, expected });
  }
  const { filterCentre, filterWidth } = optics;
  if (Math.abs(filterCentre.value - emitter.wavelength.value) > filterWidth.value / 2) {
    const expected = `a filter that passes ${emitter.name} (${emitter.wavelength.value} nm)`;
    const band = `${filterCentre.value} nm, ${filterWidth.value} nm wide`;
    found.push({ path: "optics.filterCentre.value", found: band, expected });
  }
  return found;
}

function checkReadout({ sensor: { readout } }: ValidDocuments): Finding[] {
  const found: Finding[] = [];
  const { detectionSigma, lowSignalSigma, rangeScale, t0Max } = readout;
  if (lowSignalSigma.value < detectionSigma.value) {
    const expected = `at least readout.detectionSigma (${detectionSigma.value})`;
    found.push({ path: "readout.lowSignalSigma.value", found: String(lowSignalSigma.value), expected });
  }
  const reachM = (SPEED_OF_LIGHT_M_PER_NS / 2) * (t0Max.value - readout.timeOffset.value);
  if (rangeScale.value * U16_MAX < reachM) {
    const expected = `at least ${(reachM / U16_MAX).toPrecision(3)} m, so that 16 bit reach ${reachM.toFixed(2)} m`;
    found.push({ path: "readout.rangeScale.value", found: `${rangeScale.value} m`, expected });
  }
  return found;
}

function checkDefects({ sensor: { defects } }: ValidDocuments): Finding[] {
  const sum = defects.deadFraction.value + defects.hotFraction.value + defects.stuckFraction.value;
  if (sum <= 0.5) return [];
  return [
    { path: "defects", found: `${sum} of all pixels`, expected: "at most half of the pixels defective" },
  ];
}

function checkDetector({ detector }: ValidDocuments): Finding[] {
  const biases = detector.eqePoints.map((point) => point.bias.value);
  const falling = biases.findIndex((bias, i) => i > 0 && bias <= (biases[i - 1] ?? 0));
  if (falling < 0) return [];
  const expected = `more than ${biases[falling - 1]} V (points stand by rising bias)`;
  return [{ path: `eqePoints.${falling}.bias.value`, found: `${biases[falling]} V`, expected }];
}

/** What is wrong between fields and between documents that are each well formed. */
export function checkConsistency(documents: ValidDocuments, files: DocumentFiles): ProfileIssue[] {
  const sensorFindings = [checkGates, checkAdc, checkClock, checkOptics, checkReadout, checkDefects].flatMap(
    (check) => check(documents),
  );
  return [
    ...sensorFindings.map((finding) => ({ file: files.sensorFile, ...finding })),
    ...checkDetector(documents).map((finding) => ({ file: files.detectorFile, ...finding })),
  ];
}
