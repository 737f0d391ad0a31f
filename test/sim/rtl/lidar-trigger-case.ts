import { lidarUnits } from "../../../sim/roic/sequencer/lidar-program.ts";
import { runMachine } from "../../../sim/roic/sequencer/machine.ts";
import { Outputs } from "../../../sim/roic/sequencer/outputs.ts";
import { sequencerRegisters } from "../../../sim/roic/sequencer/registers.ts";
import { lidarSignals, ROW_SELECT, TRIGGER_IN, TRIGGER_MISSED } from "../../../sim/roic/sequencer/signals.ts";
import { type Case, type TriggerPulse, triggerWords } from "./case.ts";
import { edgeTrace } from "./edge-trace.ts";
import { gateDelays, lidarCovers, lidarParameters, lidarProfile, lidarRegisters } from "./lidar-rtl.ts";

const FRAMES = 2;

/** A random LiDAR sensor with triggers at distances from a fraction of a frame on: sequencer alone. */
export function lidarTriggerCase(seed: number): Case {
  const profile = lidarProfile(seed);
  const registers = lidarRegisters(profile, FRAMES);
  const sequencer = sequencerRegisters(profile, profile.gates.pulsesPerGate);
  const pulses = triggerPulses(seed, 700 + 60 * seed);
  const units = lidarUnits(sequencer, FRAMES, undefined, { pulses });
  const outputs = new Outputs(ROW_SELECT + sequencer.rows);
  const trace = edgeTrace({
    clockHz: profile.adc.clockHz,
    phasesPerCycle: profile.roic.gatePhasesPerClock,
    frames: FRAMES,
    signals: [
      ...lidarSignals(sequencer.rows),
      { name: "trigger_in", bits: 1, index: TRIGGER_IN },
      { name: "trigger_missed", bits: 1, index: TRIGGER_MISSED },
    ],
    edges: [...runMachine({ units, outputs })],
  });
  const counts = 2 ** profile.adc.bits;
  return {
    title: `LiDAR triggered ${seed}: ${lidarCovers(profile).join(", ")}`,
    covers: [`LiDAR ${profile.gates.gating}, triggered`],
    trace,
    run: {
      parameters: lidarParameters(profile, 1),
      registers: { ...registers, trigger_mode: 1, cycles: trace.toCycle },
      memories: {
        gates: gateDelays(profile),
        ramps: Array.from({ length: counts }, (_, n) => n),
        levels: Array.from({ length: 1000 }, () => 0),
        triggers: triggerWords(pulses),
      },
    },
    firstColumn: 0,
  };
}

/** Every third one short behind the one before. */
function triggerPulses(seed: number, longCycles: number): TriggerPulse[] {
  const pulses: TriggerPulse[] = [];
  let riseCycle = seed % 4;
  for (let i = 0; i < 60; i++) {
    const highCycles = 1 + ((seed + i) % 3);
    pulses.push({ riseCycle, fallCycle: riseCycle + highCycles });
    riseCycle += highCycles + (i % 3 === 0 ? 1 + (seed % 5) : longCycles);
  }
  return pulses;
}
