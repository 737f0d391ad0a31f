import type { PulsedLaserDocument } from "../schema/emitter-schema.ts";
import type { LidarDocument } from "../schema/lidar-schema.ts";
import type { Finding } from "./check-sensor.ts";

interface GateDocuments {
  readonly sensor: LidarDocument;
  readonly emitter: PulsedLaserDocument;
}

/** Gate edges are made by a delay line; 1e-6 of a tap absorbs decimal fractions. */
const GRID_TOLERANCE = 1e-6;

function checkDelays(gates: LidarDocument["gates"]): Finding[] {
  const delaysNs = gates.delays.value;
  const found: Finding[] = [];
  if (delaysNs.length !== gates.count.value) {
    const expected = `${gates.count.value} delays (gates.count)`;
    found.push({ path: "gates.delays.value", found: `${delaysNs.length} delays`, expected });
  }
  const falling = delaysNs.findIndex((delay, k) => k > 0 && delay <= (delaysNs[k - 1] ?? 0));
  if (falling > 0) {
    const expected = `more than the delay before it (${delaysNs[falling - 1]} ns)`;
    found.push({ path: `gates.delays.value.${falling}`, found: `${delaysNs[falling]} ns`, expected });
  }
  return found;
}

function checkGating(gates: LidarDocument["gates"]): Finding[] {
  if (gates.gating.value === "film-bias") {
    if (gates.width !== undefined) return [];
    return [
      {
        path: "gates.width",
        found: "nothing",
        expected: "a gate width, as film-bias gating closes each gate",
      },
    ];
  }
  const found: Finding[] = [];
  if (gates.width !== undefined) {
    const expected = "no gate width, as a swept-reset sample ends at the read";
    found.push({ path: "gates.width", found: `${gates.width.value} ns`, expected });
  }
  if (gates.pulsesPerGate.value !== 1) {
    const expected = "1, as a swept-reset sample has no gate that could add pulses";
    found.push({ path: "gates.pulsesPerGate.value", found: String(gates.pulsesPerGate.value), expected });
  }
  if (gates.extinction.value !== 0) {
    const expected = "0, as swept-reset gating never closes the film";
    found.push({ path: "gates.extinction.value", found: String(gates.extinction.value), expected });
  }
  return found;
}

function checkGrid({ sensor: { gates, adc, roic } }: GateDocuments): Finding[] {
  const tapNs = 1e9 / (adc.clock.value * roic.gatePhasesPerClock.value);
  const offGrid = (timeNs: number) => Math.abs(timeNs / tapNs - Math.round(timeNs / tapNs)) > GRID_TOLERANCE;
  const expected = `a multiple of ${tapNs} ns (adc.clock x roic.gatePhasesPerClock)`;
  const found: Finding[] = [];
  const k = gates.delays.value.findIndex(offGrid);
  if (k >= 0) found.push({ path: `gates.delays.value.${k}`, found: `${gates.delays.value[k]} ns`, expected });
  if (gates.width !== undefined && offGrid(gates.width.value)) {
    found.push({ path: "gates.width.value", found: `${gates.width.value} ns`, expected });
  }
  return found;
}

function checkPeriod({ sensor: { gates }, emitter }: GateDocuments): Finding[] {
  const periodNs = 1e9 / emitter.repetition.value;
  const found: Finding[] = [];
  const first = gates.delays.value[0] ?? 0;
  const last = gates.delays.value.at(-1) ?? 0;
  const spanNs = last + (gates.width?.value ?? 0) - first;
  if (spanNs > periodNs) {
    const expected = `at most the pulse period of ${emitter.name} (${periodNs} ns) from the first opening to the last closing`;
    found.push({ path: "gates.delays.value", found: `${spanNs} ns`, expected });
  }
  if (emitter.pulseWidth.value >= periodNs) {
    const expected = `an emitter whose pulse ends within its period (${periodNs} ns)`;
    found.push({ path: "emitter", found: `${emitter.name} with ${emitter.pulseWidth.value} ns`, expected });
  }
  return found;
}

function checkWindow({ sensor: { gates, readout } }: GateDocuments): Finding[] {
  const first = gates.delays.value[0] ?? 0;
  const end = (gates.delays.value.at(-1) ?? 0) + (gates.width?.value ?? 0);
  const { t0Min, t0Max } = readout;
  const found: Finding[] = [];
  if (t0Min.value < first) {
    const expected = `at least the first gate's opening (${first} ns)`;
    found.push({ path: "readout.t0Min.value", found: `${t0Min.value} ns`, expected });
  }
  if (t0Max.value > end) {
    found.push({
      path: "readout.t0Max.value",
      found: `${t0Max.value} ns`,
      expected: `at most the gates' end (${end} ns)`,
    });
  }
  if (t0Max.value <= t0Min.value) {
    const expected = `more than readout.t0Min (${t0Min.value} ns)`;
    found.push({ path: "readout.t0Max.value", found: `${t0Max.value} ns`, expected });
  }
  return found;
}

/** Gates against themselves, the clock, the emitter and the range window. */
export function checkGates(documents: GateDocuments): Finding[] {
  const { gates } = documents.sensor;
  return [
    ...checkDelays(gates),
    ...checkGating(gates),
    ...checkGrid(documents),
    ...checkPeriod(documents),
    ...checkWindow(documents),
  ];
}
