// The imaging programs of the row sequencer: rolling and global shutters over the same conversion and transfer units as
// LiDAR mode. docs/timing.md has every edge.

import { type ImagingTiming, imagingTiming } from "../imaging-timing.ts";
import { ConversionUnit, type ReadListener } from "./conversion-unit.ts";
import { GlobalExposureUnit, globalSteps, RowResetUnit } from "./exposure-units.ts";
import { FrameUnit } from "./frame-unit.ts";
import { checkImagingRegisters } from "./imaging-checks.ts";
import { groupRows, type ImagingSequencerRegisters } from "./imaging-registers.ts";
import type { Unit } from "./machine.ts";
import type { Outputs } from "./outputs.ts";
import { ReadPassUnit } from "./read-pass-unit.ts";
import * as S from "./signals.ts";
import { type TransferOptions, TransferUnit } from "./transfer-unit.ts";
import { periodicTrigger, type TriggerPulse, TriggerUnit } from "./trigger-unit.ts";

/** What pixels and converters are told. */
export interface ImagingListener extends ReadListener {
  /** The reset of a row group is asserted; without a group: that of all pixels. */
  resetAsserted(cycle: number, frame: number, group: number | undefined): void;
}

export interface ImagingRun {
  /** Frames to run; Infinity is allowed. */
  readonly frames: number;
  readonly listener?: ImagingListener;
  /** What trigger_in does; by default the generator with the period of the registers. */
  readonly triggers?: Iterable<TriggerPulse>;
  /** A trigger was ignored, at this cycle. */
  readonly onMissedTrigger?: (cycle: number) => void;
}

/**
 * The units of an imaging program, in the order in which they act within a clock.
 * @throws RangeError for illegal registers.
 */
export function imagingUnits(registers: ImagingSequencerRegisters, run: ImagingRun): readonly Unit[] {
  checkImagingRegisters(registers);
  const timing = imagingTiming(registers);
  const rows = Array.from({ length: timing.groups }, (_, group) => groupRows(registers, group));
  const reading = readUnits(timing, rows, run.listener, (cycle, outputs) => frames.end(cycle, outputs));
  const exposure = exposureUnit(registers, timing, rows, run.listener);
  const frames = new FrameUnit({
    frames: run.frames,
    periodCycles: timing.isTriggered ? undefined : timing.frameCycles,
    holdsFilm: timing.shutter !== "global",
    onStart: (cycle, frame) => {
      exposure.start(cycle, frame);
      timing.readStartCycles.forEach((startCycle, read) => {
        reading.passes[read % reading.passes.length]!.start(cycle + startCycle, frame, read);
      });
    },
    onIdle: (outputs) => outputs.set(S.EXPOSURE_STATE, S.EXPOSURE_IDLE),
  });
  const units = [frames, exposure, ...reading.passes, reading.conversion, reading.transfer];
  if (!timing.isTriggered) return units;
  const triggers = run.triggers ?? periodicTrigger(registers.triggerPeriodCycles);
  return [...units, new TriggerUnit(triggers, frames, (cycle) => run.onMissedTrigger?.(cycle))];
}

interface ExposureUnit extends Unit {
  start(cycle: number, frame: number): void;
}

function exposureUnit(
  registers: ImagingSequencerRegisters,
  timing: ImagingTiming,
  rows: readonly (readonly number[])[],
  listener: ImagingListener | undefined,
): ExposureUnit {
  const { resetCycles, rowCycles } = timing;
  if (registers.shutter === "rolling") {
    const rowReset = S.rowReset(registers.sensorRows);
    return new RowResetUnit(rows, { slotCycles: rowCycles, resetCycles }, rowReset, (cycle, frame, group) =>
      listener?.resetAsserted(cycle, frame, group),
    );
  }
  const steps = globalSteps({ ...timing, gatesFilm: registers.shutter === "global" });
  return new GlobalExposureUnit(steps, (cycle, frame) => listener?.resetAsserted(cycle, frame, undefined));
}

interface ReadUnits {
  /** Two of them take turns in rolling cds, where reset reads and signal reads alternate. */
  readonly passes: readonly ReadPassUnit[];
  readonly conversion: ConversionUnit;
  readonly transfer: TransferUnit;
}

function readUnits(
  timing: ImagingTiming,
  rows: readonly (readonly number[])[],
  listener: ReadListener | undefined,
  onFrameEnd: (cycle: number, outputs: Outputs) => void,
): ReadUnits {
  const { convertCycles, groups, rowCycles, settleCycles, shutter, stepCycles, transferCycles } = timing;
  const isRolling = shutter === "rolling";
  const transfer = new TransferUnit({ transferCycles, ...validLines(timing, onFrameEnd) });
  const conversion = new ConversionUnit({
    settleCycles,
    convertCycles,
    groupRows: rows,
    onSelect: ({ plane }, outputs) => outputs.set(S.READ_INDEX, plane),
    onConverted: (cycle, converted) => transfer.start(cycle, converted),
    listener,
  });
  const passes = Array.from({ length: isRolling && timing.reads === 2 ? 2 : 1 }, () => {
    const holdCycles = stepCycles - settleCycles - convertCycles;
    return new ReadPassUnit(
      { groups, groupCycles: rowCycles, holdCycles, holdsAfterLast: isRolling },
      conversion,
    );
  });
  return { passes, conversion, transfer };
}

/** frame_valid and plane_valid count what has begun and not ended: in rolling cds planes and frames interleave. */
function validLines(
  { groups, reads }: ImagingTiming,
  onFrameEnd: (cycle: number, outputs: Outputs) => void,
): Pick<TransferOptions, "onBegin" | "onEnd"> {
  let planes = 0;
  let frames = 0;
  return {
    onBegin({ group, plane }, outputs) {
      outputs.set(S.LINE_PLANE, plane);
      if (group !== 0) return;
      planes++;
      outputs.set(S.PLANE_VALID, 1);
      if (plane !== 0) return;
      frames++;
      outputs.set(S.FRAME_VALID, 1);
    },
    onEnd({ group, plane }, cycle, outputs) {
      if (group !== groups - 1) return;
      planes--;
      outputs.set(S.PLANE_VALID, planes > 0 ? 1 : 0);
      if (plane !== reads - 1) return;
      frames--;
      outputs.set(S.FRAME_VALID, frames > 0 ? 1 : 0);
      onFrameEnd(cycle, outputs);
    },
  };
}
