import type { ImagingDocument } from "../schema/imaging-schema.ts";
import type { Finding } from "./check-sensor.ts";
import { type FrameSettings, imagingFrame } from "./imaging-frame.ts";

const MIN_READS = { single: 1, cds: 2, ramp: 3 } as const;

function checkReads({ exposure, roic }: ImagingDocument): Finding[] {
  const mode = exposure.readMode.value;
  const reads = exposure.reads.value;
  const least = MIN_READS[mode];
  const most = mode === "ramp" ? roic.maxReads.value : least;
  if (reads >= least && reads <= most) return [];
  const expected =
    mode === "ramp" ? `${least} to ${most} reads of a ramp (roic.maxReads)` : `${least} with ${mode}`;
  return [{ path: "exposure.reads.value", found: String(reads), expected }];
}

function checkShutter({ exposure, roic }: ImagingDocument): Finding[] {
  const found: Finding[] = [];
  const shutter = exposure.shutter.value;
  if (shutter === "global" && !roic.filmGate.value) {
    const expected = "rolling or global-reset, as the chip has no film gate (roic.filmGate)";
    found.push({ path: "exposure.shutter.value", found: shutter, expected });
  }
  if (shutter !== "rolling" && exposure.readMode.value === "ramp") {
    const expected = "rolling, as a ramp's rows integrate while other rows are read";
    found.push({ path: "exposure.shutter.value", found: shutter, expected });
  }
  if (exposure.analogGain.value > roic.maxAnalogGain.value) {
    const expected = `at most roic.maxAnalogGain (${roic.maxAnalogGain.value})`;
    found.push({ path: "exposure.analogGain.value", found: String(exposure.analogGain.value), expected });
  }
  return found;
}

function settings({ adc, array, exposure, roic }: ImagingDocument): FrameSettings {
  return {
    adc: { bits: adc.bits.value, clockHz: adc.clock.value },
    array: { widthPx: array.width.value, heightPx: array.height.value },
    roic: {
      adcBanks: roic.adcBanks.value,
      settleNs: roic.settle.value,
      resetNs: roic.reset.value,
      transferOverheadCycles: roic.transferOverhead.value,
      transferPixelsPerCycle: roic.transferPixelsPerCycle.value,
      pipelined: roic.pipelined.value,
    },
    exposure: {
      exposureTimeUs: exposure.exposureTime.value,
      frameRateHz: exposure.frameRate.value,
      readMode: exposure.readMode.value,
      reads: exposure.reads.value,
      shutter: exposure.shutter.value,
    },
  };
}

/** An exposure below the shortest, or a frame rate above the highest, cannot be set. */
function checkTimes(sensor: ImagingDocument): Finding[] {
  const clockHz = sensor.adc.clock.value;
  const frame = imagingFrame(settings(sensor));
  const found: Finding[] = [];
  const { exposureTime, frameRate } = sensor.exposure;
  const shortestUs = (frame.minExposureCycles / clockHz) * 1e6;
  if (exposureTime.value < shortestUs / 2) {
    const expected = `at least ${shortestUs.toPrecision(5)} us, the shortest exposure of this mode`;
    found.push({ path: "exposure.exposureTime.value", found: `${exposureTime.value} us`, expected });
  }
  const fastestHz = clockHz / frame.minFrameCycles;
  if (frameRate.value > fastestHz) {
    const expected = `at most ${fastestHz.toPrecision(5)} Hz with this exposure (shortest frame ${frame.minFrameCycles} cycles)`;
    found.push({ path: "exposure.frameRate.value", found: `${frameRate.value} Hz`, expected });
  }
  return found;
}

/** Read mode, shutter, exposure and frame rate against the chip. */
export function checkExposure({ sensor }: { readonly sensor: ImagingDocument }): Finding[] {
  const inMode = [...checkReads(sensor), ...checkShutter(sensor)];
  return inMode.length > 0 ? inMode : checkTimes(sensor);
}
