import { describe, expect, it } from "vitest";
import { listProfiles, loadImagingProfile } from "../../hw-profiles/load/load-profile.ts";
import { type FrameSettings, imagingFrame } from "../../hw-profiles/resolve/imaging-frame.ts";
import { imagingTiming } from "../../sim/roic/imaging-timing.ts";
import { checkImagingRegisters } from "../../sim/roic/sequencer/imaging-checks.ts";
import type { ImagingSequencerRegisters } from "../../sim/roic/sequencer/imaging-registers.ts";

const names = listProfiles()
  .filter(({ mode }) => mode === "imaging")
  .map(({ name }) => name);

/** What the sequencer is told for the exposure and frame that `imagingFrame` found. */
function registersOf({ adc, array, exposure, roic }: FrameSettings): ImagingSequencerRegisters {
  const frame = imagingFrame({ adc, array, exposure, roic });
  const common = {
    sensorRows: array.heightPx,
    sensorColumns: array.widthPx,
    rowBinning: 1,
    columnBinning: 1,
    rowDecimation: 1,
    columnDecimation: 1,
    offsetX: 0,
    offsetY: 0,
    width: array.widthPx,
    height: array.heightPx,
    banks: roic.adcBanks,
    transferOverheadCycles: roic.transferOverheadCycles,
    pixelsPerCycle: roic.transferPixelsPerCycle,
    resetCycles: Math.ceil((roic.resetNs * adc.clockHz) / 1e9),
    settleCycles: Math.ceil((roic.settleNs * adc.clockHz) / 1e9),
    convertCycles: 2 ** adc.bits,
    pipelined: roic.pipelined,
    reads: exposure.reads,
    triggerPeriodCycles: 0,
  };
  if (exposure.shutter !== "rolling") {
    const { exposureCycles, frameCycles } = frame;
    return { ...common, shutter: exposure.shutter, exposureCycles, framePeriodCycles: frameCycles };
  }
  const exposureSlots = frame.exposureCycles / frame.slotCycles;
  const framePeriodSlots = frame.frameCycles / frame.slotCycles;
  return { ...common, shutter: "rolling", exposureSlots, framePeriodSlots };
}

// The simulated chip works the same quantities out on its own, from the registers.
describe("imagingFrame agrees with the simulated chip", () => {
  const modes = [
    { readMode: "single", reads: 1, shutter: "rolling" },
    { readMode: "cds", reads: 2, shutter: "rolling" },
    { readMode: "ramp", reads: 8, shutter: "rolling" },
    { readMode: "single", reads: 1, shutter: "global" },
    { readMode: "cds", reads: 2, shutter: "global" },
    { readMode: "cds", reads: 2, shutter: "global-reset" },
  ] as const;

  it.each(names.flatMap((name) => modes.map((mode) => [name, mode.shutter, mode.readMode, mode] as const)))(
    "%s %s %s",
    (name, _, __, mode) => {
      const profile = loadImagingProfile(name);
      for (const pipelined of [true, false]) {
        for (const exposureTimeUs of [1, profile.exposure.exposureTimeUs, 200_000]) {
          const settings: FrameSettings = {
            ...profile,
            roic: { ...profile.roic, pipelined },
            exposure: { ...mode, exposureTimeUs, frameRateHz: 30 },
          };
          const registers = registersOf(settings);
          expect(() => checkImagingRegisters(registers)).not.toThrow();
          const chip = imagingTiming(registers);
          const frame = imagingFrame(settings);
          expect(frame).toMatchObject({
            groups: chip.groups,
            transferCycles: chip.transferCycles,
            stepCycles: chip.stepCycles,
            exposureCycles: chip.exposureCycles,
            minFrameCycles: chip.frameMinCycles,
            frameCycles: chip.frameCycles,
          });
        }
      }
    },
  );

  it("finds the shortest ramp that the chip accepts", () => {
    const profile = loadImagingProfile("inas-imager-64x48");
    const exposure = { ...modes[2], exposureTimeUs: 1, frameRateHz: 1e4 };
    const registers = registersOf({ ...profile, exposure });
    if (registers.shutter !== "rolling") throw new Error("expected a rolling shutter");
    const shorter = { ...registers, exposureSlots: registers.exposureSlots - 7, framePeriodSlots: 1000 };
    expect(() => checkImagingRegisters(shorter)).toThrow();
    const faster = { ...registers, framePeriodSlots: registers.framePeriodSlots - 1 };
    expect(() => checkImagingRegisters(faster)).toThrow();
  });
});
