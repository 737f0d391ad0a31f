import { imagingTiming, shortestSlots } from "../imaging-timing.ts";
import { type ImagingSequencerRegisters, rowStep } from "./imaging-registers.ts";

/** Counters of the sequencer have 32 bits. */
const LARGEST_COUNT = 2 ** 32 - 1;
const STEPS = [1, 2, 4];
const LARGEST_ARRAY = 65_536;
const LARGEST_CONVERSION = 65_536;
const MOST_READS = 64;

/** @throws RangeError for a combination that the sequencer cannot run: what was found, and the limit that it breaks. */
export function checkImagingRegisters(registers: ImagingSequencerRegisters): void {
  checkCounts(registers);
  checkDirection("row", registers.rowBinning, registers.rowDecimation);
  checkDirection("column", registers.columnBinning, registers.columnDecimation);
  checkArray(registers);
  checkConversion(registers.convertCycles);
  checkReads(registers);
  checkPeriod(registers);
}

function checkCounts(registers: ImagingSequencerRegisters): void {
  const { pipelined: _, shutter: __, ...counts } = registers;
  const isTriggered = registers.triggerPeriodCycles > 0;
  const mayBeZero = ["offsetX", "offsetY", "transferOverheadCycles", "triggerPeriodCycles"];
  if (isTriggered) mayBeZero.push("framePeriodSlots", "framePeriodCycles");
  for (const [name, value] of Object.entries(counts)) {
    const least = mayBeZero.includes(name) ? 0 : 1;
    if (Number.isInteger(value) && value >= least && value <= LARGEST_COUNT) continue;
    throw refusal(`${name} is ${value}`, `a whole number from ${least} to ${LARGEST_COUNT}`);
  }
}

function checkDirection(direction: "row" | "column", binning: number, decimation: number): void {
  for (const [name, value] of [
    ["Binning", binning],
    ["Decimation", decimation],
  ] as const) {
    if (!STEPS.includes(value)) throw refusal(`${direction}${name} is ${value}`, "1, 2 or 4");
  }
  if (binning === 1 || decimation === 1) return;
  throw refusal(
    `${direction}Binning is ${binning} and ${direction}Decimation ${decimation}`,
    "one of them to be 1: a direction is binned or decimated",
  );
}

function checkArray(registers: ImagingSequencerRegisters): void {
  const { columnBinning, columnDecimation, height, offsetX, offsetY, sensorColumns, sensorRows, width } =
    registers;
  for (const [name, value] of Object.entries({ sensorRows, sensorColumns })) {
    if (value > LARGEST_ARRAY) throw refusal(`${name} is ${value}`, `at most ${LARGEST_ARRAY}`);
  }
  within("offsetY", offsetY, "height", height, Math.floor(sensorRows / rowStep(registers)));
  within("offsetX", offsetX, "width", width, Math.floor(sensorColumns / (columnBinning * columnDecimation)));
}

function within(offsetName: string, offset: number, sizeName: string, size: number, limit: number): void {
  if (offset + size <= limit) return;
  throw refusal(
    `${offsetName} ${offset} and ${sizeName} ${size}: a region that ends at ${offset + size}`,
    `at most ${limit}, the output pixels of the array with this binning and decimation`,
  );
}

function checkConversion(convertCycles: number): void {
  if (
    convertCycles >= 2 &&
    convertCycles <= LARGEST_CONVERSION &&
    Number.isInteger(Math.log2(convertCycles))
  ) {
    return;
  }
  throw refusal(
    `convertCycles is ${convertCycles}`,
    `a power of two from 2 to ${LARGEST_CONVERSION} (2^bits)`,
  );
}

function checkReads(registers: ImagingSequencerRegisters): void {
  const { reads, shutter } = registers;
  if (reads > MOST_READS) throw refusal(`reads is ${reads}`, `at most ${MOST_READS}`);
  if (reads < 3) return;
  if (shutter !== "rolling") {
    throw refusal(
      `a ramp of ${reads} reads with shutter ${shutter}`,
      "a rolling shutter: a ramp's rows integrate while other rows are read",
    );
  }
  const intervals = reads - 1;
  const { groups } = imagingTiming(registers);
  const { exposureSlots } = registers;
  if (exposureSlots % intervals === 0 && exposureSlots / intervals >= groups) return;
  throw refusal(
    `exposureSlots is ${exposureSlots} in a ramp of ${reads} reads`,
    `a multiple of ${intervals} (equal intervals) from ${intervals * groups} on: a read interval has at least ` +
      `${groups} slots, so that the read passes do not overlap`,
  );
}

function checkPeriod(registers: ImagingSequencerRegisters): void {
  const { triggerPeriodCycles } = registers;
  const { activeCycles, frameCycles, frameMinCycles, groups, isTriggered } = imagingTiming(registers);
  for (const [name, value] of Object.entries({ activeCycles, frameCycles })) {
    if (value <= LARGEST_COUNT) continue;
    throw refusal(`a frame with ${name} of ${value}`, `at most ${LARGEST_COUNT} cycles (32 bits)`);
  }
  if (frameCycles >= frameMinCycles) return;
  if (isTriggered) {
    throw refusal(
      `triggerPeriodCycles is ${triggerPeriodCycles}`,
      `at least ${activeCycles}: triggered frames do not overlap`,
    );
  }
  if (registers.shutter !== "rolling") {
    throw refusal(`framePeriodCycles is ${frameCycles}`, `at least ${frameMinCycles}`);
  }
  throw rollingRefusal(registers.exposureSlots, registers.framePeriodSlots, registers.reads, groups);
}

function rollingRefusal(
  exposureSlots: number,
  periodSlots: number,
  reads: number,
  groups: number,
): RangeError {
  const most = reads > 2 ? periodSlots - groups : periodSlots - 1;
  if (periodSlots >= groups && most >= 1 && exposureSlots > most) {
    return refusal(
      `exposureSlots is ${exposureSlots} with framePeriodSlots ${periodSlots}: an exposure longer than the frame allows`,
      `at most ${most}, or a period of at least ${shortestSlots(exposureSlots, reads, groups)}`,
    );
  }
  return refusal(
    `framePeriodSlots is ${periodSlots}`,
    `at least ${shortestSlots(exposureSlots, reads, groups)}: the read passes of two frames would overlap`,
  );
}

function refusal(found: string, expected: string): RangeError {
  return new RangeError(
    `row sequencer: found ${found}, expected ${expected}; change the profile or its registers`,
  );
}
