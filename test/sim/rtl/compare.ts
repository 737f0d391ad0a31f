import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { timeBase } from "../../../host/trace/time-base.ts";
import { writeVcd } from "../../../host/trace/vcd-file.ts";
import type { Trace } from "../../../host/transport/transport.ts";
import { parseVcd } from "../../support/vcd.ts";
import type { Case } from "./case.ts";
import { runBench } from "./icarus.ts";
import { pixelWaves } from "./pixel-waves.ts";
import { originCycle, readRtlVcd } from "./rtl-vcd.ts";
import type { Waves } from "./waves.ts";

/** Digital edges as text, `time name value` in the units of the simulator's VCD, in a fixed order. */
type EdgeList = readonly string[];

export interface Comparison {
  /** Edges of the simulator, values at cycle 0 among them. */
  readonly edges: number;
  readonly missedTriggers: number;
  /** The first edges in time that only one side has. */
  readonly simulatorOnly: readonly string[];
  readonly rtlOnly: readonly string[];
}

/**
 * Run simulator and RTL; both write VCD files into the folder, which is made.
 * @param rtlFiles sources of the chip, for mutants.
 */
export async function compareWithRtl(
  one: Case,
  folder: string,
  rtlFiles?: readonly string[],
): Promise<Comparison> {
  await mkdir(folder, { recursive: true });
  const waves = await rtlWaves(one, folder, rtlFiles);
  const rtl = rtlEdges(waves, one.trace);
  const simulator = await simulatorEdges(join(folder, "simulator.vcd"), one.trace);
  return {
    edges: simulator.length,
    missedTriggers: simulator.filter((edge) => edge.endsWith(" trigger_missed 1")).length,
    simulatorOnly: missingFrom(rtl, simulator),
    rtlOnly: missingFrom(simulator, rtl),
  };
}

/** Waves of the RTL with those of its pixels. */
export async function rtlWaves(one: Case, folder: string, rtlFiles?: readonly string[]): Promise<Waves> {
  const { firstColumn, run, trace } = one;
  const { COLUMNS, ROWS } = run.parameters;
  const vcd = await runBench(folder, run, rtlFiles);
  const origin = originCycle(run.memories["gates"]?.length ?? 1);
  const waves = readRtlVcd(vcd, { phases: trace.phasesPerCycle, origin });
  const rowStep = run.registers["row_binning"]! * run.registers["row_decimation"]!;
  const pixels = pixelWaves(waves, { rows: ROWS!, rowStep, columns: COLUMNS!, firstColumn });
  return { initial: waves.initial, changes: [...waves.changes, ...pixels] };
}

async function simulatorEdges(path: string, trace: Trace): Promise<EdgeList> {
  const digital = trace.signals.filter(({ bits }) => bits !== "real");
  const options = { comments: [], onProgress: () => undefined, isCancelled: () => false };
  await writeVcd(path, trace, digital, options);
  const { changes } = parseVcd(await readFile(path, "utf8"));
  return changes.map(({ name, time, value }) => `${time} ${name} ${value}`).sort();
}

/** The signals of the trace, up to its last cycle. */
function rtlEdges(waves: Waves, trace: Trace): EdgeList {
  const { time } = timeBase(trace.clockHz, trace.phasesPerCycle);
  const names = new Set(trace.signals.filter(({ bits }) => bits !== "real").map(({ name }) => name));
  const initial = [...names].map((name) => `0 ${name} ${waves.initial.get(name) ?? 0}`);
  const changes = waves.changes
    .filter(({ cycle, name, phase }) => names.has(name) && cycle + (phase && 1) <= trace.toCycle)
    .map(({ cycle, name, phase, value }) => `${time(cycle, phase)} ${name} ${value}`);
  return [...initial, ...changes].sort();
}

function missingFrom(others: EdgeList, list: EdgeList): string[] {
  const known = new Set(others);
  const missing = list.filter((edge) => !known.has(edge));
  return missing.sort((a, b) => Number.parseFloat(a) - Number.parseFloat(b)).slice(0, 12);
}
