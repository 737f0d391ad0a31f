import { expect, test } from "vitest";
import { imagingTiming } from "../../../sim/roic/imaging-timing.ts";
import { imagingUnits } from "../../../sim/roic/sequencer/imaging-program.ts";
import { runMachine } from "../../../sim/roic/sequencer/machine.ts";
import { type Edge, Outputs } from "../../../sim/roic/sequencer/outputs.ts";
import * as S from "../../../sim/roic/sequencer/signals.ts";
import { ClockedColumns } from "../../reference/roic/clocked-columns.ts";
import { clockedImagingEdges } from "../../reference/roic/clocked-imaging.ts";
import { ColumnAdcs, type Latched } from "./column-adcs.ts";
import { checkFormulas } from "./imaging-formulas.ts";
import { type RandomImaging, randomImaging } from "./random-imaging.ts";

const CONFIGURATIONS = 1000;

interface Run {
  readonly edges: Edge[];
  readonly codes: readonly Latched[];
  readonly missed: number;
}

function eventRun({ frames, registers, triggers }: RandomImaging, adcs: ColumnAdcs): Run {
  const codes: Latched[] = [];
  let missed = 0;
  const units = imagingUnits(registers, {
    frames,
    ...(triggers === undefined ? {} : { triggers }),
    onMissedTrigger: () => missed++,
    listener: {
      resetAsserted: () => undefined,
      converted: () => undefined,
      sampled(cycle, { frame, group, plane }) {
        const end = Math.min(registers.height, (group + 1) * registers.banks);
        for (let line = group * registers.banks; line < end; line++) {
          codes.push(...adcs.solved({ frame, plane, line }, cycle));
        }
      },
    },
  });
  const outputs = new Outputs(S.rowReset(registers.sensorRows) + registers.sensorRows);
  return { edges: [...runMachine({ units, outputs })], codes, missed };
}

function clockedRun({ frames, registers, triggers }: RandomImaging, adcs: ColumnAdcs): Run {
  const columns = new ClockedColumns(
    adcs.ramps,
    { banks: registers.banks, lines: registers.height },
    (line, column) => adcs.levelDn(line, column),
  );
  const period = registers.triggerPeriodCycles;
  const generated = (cycle: number) => (cycle % period < Math.floor(period / 2) ? 1 : 0);
  const drawn = (cycle: number) =>
    triggers?.some(({ fallCycle, riseCycle }) => cycle >= riseCycle && cycle < fallCycle) ? 1 : 0;
  const { edges, missed } = clockedImagingEdges(registers, frames, {
    ...(period > 0 ? { trigger: triggers === undefined ? generated : drawn } : {}),
    watch: (cycle, { readout }) => columns.clock(cycle, readout, readout.state === S.READOUT_CONVERT),
  });
  return { edges, codes: columns.events, missed };
}

function sorted(codes: readonly Latched[]): string[] {
  return codes
    .map(
      ({ frame, plane, line, column, code, cycle }) =>
        `${frame} ${plane} ${line} ${column}: ${code} @ ${cycle}`,
    )
    .sort();
}

test(`imaging, event-driven and clock by clock: the same edges and codes in ${CONFIGURATIONS} configurations`, () => {
  let edgeCount = 0;
  let codeCount = 0;
  for (let seed = 0; seed < CONFIGURATIONS; seed++) {
    const random = randomImaging(seed);
    const adcs = new ColumnAdcs(random.registers, random.bits, random.draws);
    const run = eventRun(random, adcs);
    const expected = clockedRun(random, adcs);
    // Compared as text first: a deep comparison of a million objects is slow.
    if (JSON.stringify(run.edges) !== JSON.stringify(expected.edges)) {
      expect(run.edges, `seed ${seed}`).toEqual(expected.edges);
    }
    const codes = sorted(run.codes);
    if (codes.join() !== sorted(expected.codes).join())
      expect(codes, `seed ${seed}`).toEqual(sorted(expected.codes));
    expect(run.missed, `seed ${seed}`).toBe(expected.missed);
    expect(codes).toHaveLength(
      random.frames * random.registers.reads * random.registers.height * random.registers.width,
    );
    checkFormulas(random, run.edges);
    edgeCount += run.edges.length;
    codeCount += codes.length;
  }
  expect(edgeCount).toBeGreaterThan(200 * CONFIGURATIONS);
  expect(codeCount).toBeGreaterThan(50 * CONFIGURATIONS);
});

test("the random configurations meet every mode, trigger and overlap", () => {
  const seen = new Map<string, number>();
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  for (let seed = 0; seed < CONFIGURATIONS; seed++) {
    const { registers: r, triggers } = randomImaging(seed);
    const t = imagingTiming(r);
    const reads = Math.min(r.reads, 3);
    const trigger = !t.isTriggered ? "free" : triggers === undefined ? "generator" : "irregular";
    count(`${r.shutter} ${reads} ${trigger}`);
    count(`pipelined ${r.pipelined}, hold ${t.stepCycles > t.settleCycles + t.convertCycles}`);
    if (t.frameCycles < t.activeCycles) count("frames overlap");
    if (t.frameCycles > t.activeCycles) count("frames are apart");
    count(`rows ${r.rowBinning} ${r.rowDecimation}`);
    count(`columns ${r.columnBinning} ${r.columnDecimation}`);
  }
  // Rolling with 3 kinds of reads, two global shutters with 2, by 3 triggers; never hold without a transfer behind.
  expect(seen.size).toBe((3 + 2 * 2) * 3 + 3 + 2 + 5 + 5);
  for (const [what, times] of seen) expect(times, what).toBeGreaterThan(4);
});
