import { rampDn } from "../../../sim/roic/adc/single-slope.ts";
import { imagingTiming } from "../../../sim/roic/imaging-timing.ts";
import { imagingUnits } from "../../../sim/roic/sequencer/imaging-program.ts";
import type { ImagingSequencerRegisters } from "../../../sim/roic/sequencer/imaging-registers.ts";
import { runMachine } from "../../../sim/roic/sequencer/machine.ts";
import { type Edge, Outputs } from "../../../sim/roic/sequencer/outputs.ts";
import { imagingSignals, rowReset } from "../../../sim/roic/sequencer/signals.ts";
import { ColumnAdcs, type Line } from "../roic/column-adcs.ts";
import { type RandomImaging, randomImaging } from "../roic/random-imaging.ts";
import { type Case, ordered, type TriggerPulse, triggerWords } from "./case.ts";
import { edgeTrace, type PixelEdge } from "./edge-trace.ts";
import type { BenchRun } from "./icarus.ts";

const CLOCK_HZ = 40e6;
/** The imaging modes have edges on whole cycles; the RTL may have any number of phases. */
const PHASES = 2;

const MODES = { rolling: 1, global: 2, "global-reset": 3 } as const;

/** A random imager; its columns have ramps of their own, its pixels random levels. */
export function imagingCase(seed: number): Case {
  const random = randomImaging(seed);
  const { registers } = random;
  const adcs = new ColumnAdcs(registers, random.bits, random.draws);
  const conversions: Conversion[] = [];
  const edges = sequencerEdges(random, conversions);
  const isTriggered = registers.triggerPeriodCycles > 0;
  const trace = edgeTrace({
    clockHz: CLOCK_HZ,
    phasesPerCycle: PHASES,
    frames: random.frames,
    signals: imagingSignals(registers.sensorRows),
    edges,
    pixels: conversions.flatMap((one) => pixelEdges(registers, adcs, one)),
  });
  const parameters = {
    ROWS: registers.sensorRows,
    COLUMNS: registers.width,
    BANKS: registers.banks,
    PHASES,
    ADC_BITS: random.bits,
  };
  const memories = {
    ramps: adcs.ramps.flatMap((ramp) =>
      Array.from({ length: registers.convertCycles }, (_, n) => ordered(rampDn(ramp, n))),
    ),
    levels: conversions.flatMap((one) => levels(registers, adcs, one)),
    ...(isTriggered ? { triggers: triggerWords(triggerPulses(random, trace.toCycle)) } : {}),
  };
  return {
    title: `imaging ${seed}: ${covers(random).join(", ")}`,
    covers: covers(random),
    trace,
    run: { parameters, registers: rtlRegisters(random, trace.toCycle), memories },
    firstColumn: 0,
  };
}

/** A row group that is sampled. */
interface Conversion {
  readonly cycle: number;
  readonly frame: number;
  readonly plane: number;
  readonly group: number;
}

function sequencerEdges({ frames, registers, triggers }: RandomImaging, conversions: Conversion[]): Edge[] {
  const units = imagingUnits(registers, {
    frames,
    ...(triggers === undefined ? {} : { triggers }),
    listener: {
      resetAsserted: () => undefined,
      converted: () => undefined,
      sampled: (cycle, { frame, group, plane }) => conversions.push({ cycle, frame, group, plane }),
    },
  });
  const outputs = new Outputs(rowReset(registers.sensorRows) + registers.sensorRows);
  return [...runMachine({ units, outputs })];
}

function linesOf({ banks, height }: ImagingSequencerRegisters, group: number): number[] {
  const first = group * banks;
  return Array.from({ length: Math.min(banks, height - first) }, (_, bank) => first + bank);
}

/** Comparator and code of a pixel of the first sensor row of each line. */
function pixelEdges(registers: ImagingSequencerRegisters, adcs: ColumnAdcs, one: Conversion): PixelEdge[] {
  const { convertCycles, offsetY, rowBinning, rowDecimation } = registers;
  const endCycle = one.cycle + convertCycles;
  return linesOf(registers, one.group).flatMap((line) => {
    const row = (offsetY + line) * rowBinning * rowDecimation;
    return adcs.solved({ ...one, line }, one.cycle).flatMap(({ code, column, cycle }) => {
      const name = (signal: string) => `${signal}_r${row}_c${column}`;
      const latched = { cycle: Math.min(cycle, endCycle), name: name("code"), value: code };
      if (cycle === Infinity) return [latched];
      const flips = { cycle, name: name("comparator"), value: 1 };
      return [flips, latched, { cycle: endCycle, name: name("comparator"), value: 0 }];
    });
  });
}

function levels(registers: ImagingSequencerRegisters, adcs: ColumnAdcs, one: Conversion): bigint[] {
  const lines: (Line | undefined)[] = linesOf(registers, one.group).map((line) => ({ ...one, line }));
  while (lines.length < registers.banks) lines.push(undefined);
  return lines.flatMap((line) =>
    adcs.ramps.map((_, column) => (line === undefined ? 0n : ordered(adcs.levelDn(line, column)))),
  );
}

/** Registers of the RTL by docs/timing.md. */
function rtlRegisters({ frames, registers: r }: RandomImaging, cycles: number): BenchRun["registers"] {
  const isRolling = r.shutter === "rolling";
  return {
    mode: MODES[r.shutter],
    trigger_mode: Number(r.triggerPeriodCycles > 0),
    frame_count: frames,
    offset_y: r.offsetY,
    height: r.height,
    row_binning: r.rowBinning,
    row_decimation: r.rowDecimation,
    banks: r.banks,
    pipelined: Number(r.pipelined),
    reset_cycles: r.resetCycles,
    settle_cycles: r.settleCycles,
    transfer_cycles: r.transferOverheadCycles + Math.ceil((r.banks * r.width) / r.pixelsPerCycle),
    reads: r.reads,
    exposure_slots: isRolling ? r.exposureSlots : 0,
    read_interval_slots: isRolling && r.reads > 2 ? r.exposureSlots / (r.reads - 1) : 0,
    frame_period_slots: isRolling ? r.framePeriodSlots : 0,
    exposure_cycles: isRolling ? 0 : r.exposureCycles,
    frame_period_cycles: isRolling ? 0 : r.framePeriodCycles,
    cycles,
  };
}

/** What trigger_in does: what the configuration says, else the generator of the simulated board. */
function triggerPulses({ registers, triggers }: RandomImaging, toCycle: number): readonly TriggerPulse[] {
  if (triggers !== undefined) return triggers;
  const period = registers.triggerPeriodCycles;
  return Array.from({ length: Math.floor(toCycle / period) + 1 }, (_, n) => ({
    riseCycle: n * period,
    fallCycle: n * period + Math.floor(period / 2),
  }));
}

/** What a configuration covers. */
function covers({ registers: r, triggers }: RandomImaging): string[] {
  const timing = imagingTiming(r);
  const reads = ["", "single", "cds"][r.reads] ?? "ramp";
  const trigger = r.triggerPeriodCycles === 0 ? "free" : triggers === undefined ? "generator" : "irregular";
  const isHeld = timing.stepCycles > timing.settleCycles + timing.convertCycles;
  return [
    `${r.shutter} ${reads}`,
    `${r.shutter} ${trigger}`,
    `${r.shutter} ${r.banks === 1 ? "one bank" : "banks"}`,
    `${r.pipelined ? "pipelined" : "not pipelined"}, ${isHeld ? "hold" : "no hold"}`,
    ...(timing.frameCycles < timing.activeCycles ? ["frames overlap"] : []),
    ...(r.offsetY > 0 ? ["region"] : []),
    ...(r.rowBinning > 1 ? [`row binning ${r.rowBinning}`] : []),
    ...(r.rowDecimation > 1 ? [`row decimation ${r.rowDecimation}`] : []),
    ...(r.height % r.banks > 0 ? ["last group short"] : []),
  ];
}
