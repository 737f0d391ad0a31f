import { expect, test } from "vitest";
import {
  frameStartCycle,
  imagingFrameRateHz,
  imagingTiming,
  lightTimeS,
} from "../../../sim/roic/imaging-timing.ts";
import { checkImagingRegisters } from "../../../sim/roic/sequencer/imaging-checks.ts";
import { imagingUnits } from "../../../sim/roic/sequencer/imaging-program.ts";
import {
  type CommonImagingRegisters,
  groupRows,
  type ImagingSequencerRegisters,
} from "../../../sim/roic/sequencer/imaging-registers.ts";
import { checkTriggerPeriod } from "../../../sim/roic/sequencer/trigger-unit.ts";

const common: CommonImagingRegisters = {
  sensorRows: 512,
  sensorColumns: 640,
  rowBinning: 1,
  columnBinning: 1,
  rowDecimation: 1,
  columnDecimation: 1,
  offsetX: 0,
  offsetY: 0,
  width: 640,
  height: 512,
  banks: 4,
  transferOverheadCycles: 8,
  pixelsPerCycle: 2,
  resetCycles: 100,
  settleCycles: 40,
  convertCycles: 4096,
  pipelined: true,
  reads: 1,
  triggerPeriodCycles: 0,
};
const rolling = { ...common, shutter: "rolling", exposureSlots: 10, framePeriodSlots: 200 } as const;
const global = { ...common, shutter: "global", exposureCycles: 5000, framePeriodCycles: 2_000_000 } as const;

function refused(registers: ImagingSequencerRegisters, text: RegExp): void {
  expect(() => checkImagingRegisters(registers)).toThrow(RangeError);
  expect(() => checkImagingRegisters(registers)).toThrow(text);
}

test("line and frame times as computed by hand", () => {
  checkImagingRegisters(rolling);
  const t = imagingTiming(rolling);
  // X = 8 + 4 * 640 / 2 = 1288 < S + C = 4136 = U; T = 100 + 4136; 128 groups.
  expect([t.transferCycles, t.stepCycles, t.rowCycles, t.groups]).toEqual([1288, 4136, 4236, 128]);
  expect(t.frameMinCycles).toBe(128 * 4236);
  expect(t.frameCycles).toBe(200 * 4236);
  expect(t.activeCycles).toBe((10 + 127) * 4236 + 100 + 4136 + 1288);
  expect(imagingFrameRateHz(t, 200e6)).toBeCloseTo(200e6 / (200 * 4236), 9);
  expect(frameStartCycle(t, 3)).toBe(600 * 4236);
  const g = imagingTiming({ ...global, reads: 2 });
  const pass = 127 * 4136 + 4136 + 1288;
  expect(g.passCycles).toBe(pass);
  expect(g.activeCycles).toBe(100 + pass + 5000 + pass);
  const slow = imagingTiming({ ...rolling, pipelined: false });
  expect(slow.stepCycles).toBe(4136 + 1288);
});

test("light time counts the closed film by its extinction", () => {
  const optics = { clockHz: 200e6, extinction: 0.002 };
  const t = imagingTiming(global);
  const closed = 127 * 4136 + 40;
  expect(lightTimeS(t, 511, 0, optics)).toBeCloseTo((5000 + 0.002 * closed) / 200e6, 15);
  const open = imagingTiming({ ...global, shutter: "global-reset" });
  expect(lightTimeS(open, 511, 0, optics)).toBeCloseTo((5000 + closed) / 200e6, 15);
});

test("binned and skipped rows of a group", () => {
  const region = { ...common, offsetY: 1, height: 7, banks: 4 };
  expect(groupRows(region, 1)).toEqual([5, 6, 7]);
  expect(groupRows({ ...region, rowBinning: 2 }, 1)).toEqual([10, 11, 12, 13, 14, 15]);
  expect(groupRows({ ...region, rowDecimation: 4 }, 1)).toEqual([20, 24, 28]);
});

test("every register has a range", () => {
  refused({ ...rolling, settleCycles: 0 }, /settleCycles is 0, expected a whole number from 1 to 4294967295/);
  refused({ ...rolling, resetCycles: 1.5 }, /resetCycles is 1\.5/);
  refused({ ...rolling, offsetX: -1 }, /offsetX is -1, expected a whole number from 0/);
  refused({ ...rolling, banks: Number.NaN }, /banks is NaN/);
  refused({ ...rolling, transferOverheadCycles: 2 ** 32 }, /transferOverheadCycles is 4294967296/);
  refused(
    { ...rolling, convertCycles: 4095 },
    /convertCycles is 4095, expected a power of two from 2 to 65536/,
  );
  refused({ ...rolling, convertCycles: 131_072 }, /convertCycles is 131072/);
  refused({ ...rolling, sensorRows: 65_537 }, /sensorRows is 65537, expected at most 65536/);
  refused({ ...rolling, reads: 65 }, /reads is 65, expected at most 64/);
  refused({ ...rolling, framePeriodSlots: 0 }, /framePeriodSlots is 0/);
});

test("binning and decimation: 1, 2 or 4, one of the two a direction", () => {
  refused({ ...rolling, rowBinning: 3 }, /rowBinning is 3, expected 1, 2 or 4/);
  refused({ ...rolling, columnDecimation: 8 }, /columnDecimation is 8, expected 1, 2 or 4/);
  refused({ ...rolling, columnBinning: 2, columnDecimation: 2 }, /columnBinning is 2 and columnDecimation 2/);
  const fine = { ...rolling, rowBinning: 2, columnDecimation: 4, height: 256, width: 160 };
  expect(() => checkImagingRegisters(fine)).not.toThrow();
  refused(
    { ...fine, height: 257 },
    /offsetY 0 and height 257: a region that ends at 257, expected at most 256/,
  );
  refused(
    { ...fine, offsetX: 1 },
    /offsetX 1 and width 160: a region that ends at 161, expected at most 160/,
  );
});

test("rolling: the exposure and the period that a frame allows", () => {
  expect(() => checkImagingRegisters({ ...rolling, exposureSlots: 199 })).not.toThrow();
  refused(
    { ...rolling, exposureSlots: 200 },
    /exposureSlots is 200 .*exposure longer than the frame.*at most 199/,
  );
  expect(() => checkImagingRegisters({ ...rolling, framePeriodSlots: 128 })).not.toThrow();
  refused({ ...rolling, framePeriodSlots: 127 }, /framePeriodSlots is 127, expected at least 128/);
});

test("ramp: equal intervals, passes that do not overlap, rolling alone", () => {
  const ramp = { ...rolling, reads: 4, exposureSlots: 3 * 128, framePeriodSlots: 4 * 128 };
  expect(() => checkImagingRegisters(ramp)).not.toThrow();
  refused({ ...ramp, exposureSlots: 3 * 128 + 1, framePeriodSlots: 999 }, /a multiple of 3 .*from 384 on/);
  refused({ ...ramp, exposureSlots: 3 * 127 }, /exposureSlots is 381 .*at least 128 slots/);
  refused(
    { ...ramp, framePeriodSlots: 511 },
    /exposureSlots is 384 .*at most 383, or a period of at least 512/,
  );
  refused({ ...global, reads: 3 }, /ramp of 3 reads with shutter global, expected a rolling shutter/);
});

test("global: the period of a frame; triggers that come too fast; 32 bits", () => {
  const { activeCycles } = imagingTiming(global);
  expect(() => checkImagingRegisters({ ...global, framePeriodCycles: activeCycles })).not.toThrow();
  refused(
    { ...global, framePeriodCycles: activeCycles - 1 },
    new RegExp(`expected at least ${activeCycles}`),
  );
  const triggered = { ...rolling, framePeriodSlots: 0 };
  const least = imagingTiming(rolling).activeCycles;
  expect(() => checkImagingRegisters({ ...triggered, triggerPeriodCycles: least })).not.toThrow();
  refused(
    { ...triggered, triggerPeriodCycles: least - 1 },
    new RegExp(`triggerPeriodCycles is ${least - 1}, expected at least ${least}`),
  );
  refused(
    { ...rolling, exposureSlots: 2 ** 21, framePeriodSlots: 2 ** 22 },
    /activeCycles of .*4294967295 cycles/,
  );
  refused({ ...global, framePeriodCycles: 2 ** 32 }, /framePeriodCycles is 4294967296/);
  expect(() => checkTriggerPeriod(99, 100)).toThrow(/trigger every 99 cycles, expected at least 100/);
  expect(() => imagingUnits({ ...rolling, banks: 0 }, { frames: 1 })).toThrow(/banks is 0/);
});
