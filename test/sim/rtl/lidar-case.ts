import { simTrace } from "../../../host/transport/sim/sim-trace.ts";
import type { Trace } from "../../../host/transport/transport.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { type GateSetting, gatedProfile } from "../../../sim/roic/gated-profile.ts";
import { type Case, ordered } from "./case.ts";
import { gateDelays, lidarCovers, lidarParameters, lidarProfile, lidarRegisters } from "./lidar-rtl.ts";

const COLUMNS = { first: 31, end: 33 };
const COLUMN_COUNT = COLUMNS.end - COLUMNS.first;
const FRAMES = 2;

/** A random LiDAR sensor that looks at the furnished room: what `cqd trace` gives for two of its columns. */
export async function lidarCase(seed: number): Promise<Case> {
  const profile = lidarProfile(seed);
  const setup = { profile, scene: "room", seed: BigInt(seed), raysPerSide: 2 };
  const settings = {
    pulsesPerGate: profile.gates.pulsesPerGate,
    gates: gateSetting(profile, seed),
    ambientSun: 0.3,
    temperatureMk: 300_000,
    triggerMode: 0,
    triggerPeriodCycles: 0,
  };
  const trace = simTrace(setup, settings, { frames: FRAMES, columns: COLUMNS });
  const gated = gatedProfile(profile, settings.gates);
  const levels = await sampledLevels(trace, profile);
  return {
    title: `LiDAR ${seed}: ${lidarCovers(profile).join(", ")}`,
    covers: lidarCovers(profile),
    trace,
    run: {
      parameters: lidarParameters(profile, COLUMN_COUNT),
      registers: { ...lidarRegisters(gated, FRAMES), cycles: trace.toCycle },
      memories: { gates: gateDelays(gated), ramps: ramps(profile), levels },
    },
    firstColumn: COLUMNS.first,
  };
}

/** Every other film-bias sensor has gates from its registers: in falling order, the last one for all of the second half. */
function gateSetting({ gates }: LidarProfile, seed: number): GateSetting | undefined {
  const { delaysNs, gating, widthsNs } = gates;
  if (gating === "swept-reset" || seed % 2 === 0) return undefined;
  const falling = [...delaysNs].reverse();
  const half = Math.ceil(falling.length / 2);
  return {
    delaysNs: falling.map((delayNs, gate) => (gate < half ? delayNs : falling.at(-1)!)),
    widthNs: widthsNs[0]!,
  };
}

/** V_ramp(n) = (n + 1/2) swing / (2^bits - pedestal) of every column. */
function ramps({ adc, pixel }: LidarProfile): bigint[] {
  const counts = 2 ** adc.bits;
  const voltsPerCode = pixel.swingV / (counts - adc.pedestalDn);
  const ramp = Array.from({ length: counts }, (_, n) => ordered((n + 0.5) * voltsPerCode));
  return Array.from({ length: COLUMN_COUNT }, () => ramp).flat();
}

/** Levels of every conversion, bank and column: adc_in_v of the selected rows where `settle` falls. */
async function sampledLevels(trace: Trace, { roic }: LidarProfile): Promise<bigint[]> {
  const levels: bigint[] = [];
  const values = new Map<string, number>();
  const rows = Array.from({ length: trace.signals.length }, (_, row) => row);
  let sampleCycle = Infinity;
  for (const { cycle, signal, value } of await trace.edges(trace.signals)) {
    if (cycle > sampleCycle) {
      levels.push(...levelsOf(rows, values, roic.adcBanks));
      sampleCycle = Infinity;
    }
    const { name } = trace.signals[signal]!;
    values.set(name, value);
    if (name === "settle" && value === 0) sampleCycle = cycle;
  }
  return levels;
}

function levelsOf(rows: readonly number[], values: ReadonlyMap<string, number>, banks: number): bigint[] {
  const selected = rows.filter((row) => values.get(`row_select_r${row}`) === 1);
  return Array.from({ length: banks * COLUMN_COUNT }, (_, latch) => {
    const row = selected[Math.floor(latch / COLUMN_COUNT)];
    const column = COLUMNS.first + (latch % COLUMN_COUNT);
    return ordered(values.get(`adc_in_v_r${row}_c${column}`) ?? 0);
  });
}
