import { RANGE_M_PER_NS } from "../derive/constants.ts";
import type { PhotodiodeDocument } from "../schema/detector-schema.ts";
import type { PulsedLaserDocument } from "../schema/emitter-schema.ts";
import type { LidarDocument } from "../schema/lidar-schema.ts";
import { checkGates } from "./check-gates.ts";
import { checkAdc, checkDefects, checkOptics, checkVisible, type Finding } from "./check-sensor.ts";

/** Documents of a LiDAR sensor that passed the schema, each on its own. */
export interface LidarDocuments {
  readonly mode: "lidar";
  readonly sensor: LidarDocument;
  readonly detector: PhotodiodeDocument;
  readonly emitter: PulsedLaserDocument;
}

const U16_MAX = 65_535;
const SLOWEST_FALL_NS = 10_000;

function checkClock({ sensor, emitter }: LidarDocuments): Finding[] {
  const clockHz = sensor.adc.clock.value;
  const cycles = clockHz / emitter.repetition.value;
  if (Number.isInteger(cycles)) return [];
  const expected = `a multiple of the pulse rate of ${emitter.name} (${emitter.repetition.value} Hz)`;
  return [{ path: "adc.clock.value", found: `${clockHz} Hz`, expected }];
}

function checkReadout({ sensor: { readout } }: LidarDocuments): Finding[] {
  const found: Finding[] = [];
  const { detectionSigma, lowSignalSigma, rangeScale, t0Max } = readout;
  if (lowSignalSigma.value < detectionSigma.value) {
    const expected = `at least readout.detectionSigma (${detectionSigma.value})`;
    found.push({ path: "readout.lowSignalSigma.value", found: String(lowSignalSigma.value), expected });
  }
  const reachM = RANGE_M_PER_NS * (t0Max.value - readout.timeOffset.value);
  if (rangeScale.value * U16_MAX < reachM) {
    const expected = `at least ${(reachM / U16_MAX).toPrecision(3)} m, so that 16 bit reach ${reachM.toFixed(2)} m`;
    found.push({ path: "readout.rangeScale.value", found: `${rangeScale.value} m`, expected });
  }
  return found;
}

/** A film that is slower than many pulse periods smears every return over all gates. */
function checkSpeed({ detector }: LidarDocuments): Finding[] {
  const { name, fallTime } = detector;
  if (fallTime.value <= SLOWEST_FALL_NS) return [];
  const expected = `a film that falls within ${SLOWEST_FALL_NS} ns; gates tell no range from a slower one`;
  return [{ path: "detector", found: `${name}, which falls in ${fallTime.value} ns`, expected }];
}

/** What contradicts itself in a LiDAR sensor. */
export function checkLidar(documents: LidarDocuments): Finding[] {
  const { sensor, detector, emitter } = documents;
  return [
    ...checkGates(documents),
    ...checkAdc(sensor),
    ...checkClock(documents),
    ...checkOptics(sensor, emitter.name, emitter.wavelength.value),
    ...checkVisible(detector, emitter.name, emitter.wavelength.value),
    ...checkSpeed(documents),
    ...checkReadout(documents),
    ...checkDefects(sensor),
  ];
}
