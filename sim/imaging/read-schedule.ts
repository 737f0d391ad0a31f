import type { ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import { darkCycles, imagingTiming, lightTimeS } from "../roic/imaging-timing.ts";
import { type ImagingSequencerRegisters, rowStep } from "../roic/sequencer/imaging-registers.ts";
import type { ReadSchedule, ReadWindow, SensorRows } from "./seams.ts";

/**
 * When the rows of a band integrate. Rows that no line reads get the times of the nearest line that is read: their charge
 * goes nowhere.
 * @param sinceLastCycles from the start of the exposure before; 0 = first one.
 */
export function readSchedule(
  { adc, roic }: Pick<ImagingProfile, "adc" | "roic">,
  registers: ImagingSequencerRegisters,
  band: SensorRows,
  sinceLastCycles: number,
): ReadSchedule {
  const timing = imagingTiming(registers);
  const { reads } = registers;
  const chip = { clockHz: adc.clockHz, extinction: roic.extinction };
  const sampleS = new Float64Array(band.rows * reads);
  const lightS = new Float64Array(band.rows * reads);
  for (let row = 0; row < band.rows; row++) {
    const line = nearestLine(registers, band.firstRow + row);
    for (let read = 0; read < reads; read++) {
      sampleS[row * reads + read] = darkCycles(timing, line, read) / chip.clockHz;
      lightS[row * reads + read] = lightTimeS(timing, line, read, chip);
    }
  }
  return { reads, sampleS, lightS, framePeriodS: sinceLastCycles / chip.clockHz };
}

function nearestLine(registers: ImagingSequencerRegisters, sensorRow: number): number {
  const line = Math.floor(sensorRow / rowStep(registers)) - registers.offsetY;
  return Math.min(Math.max(line, 0), registers.height - 1);
}

/** The window of the sequencer's registers. */
export function readWindow(registers: ImagingSequencerRegisters): ReadWindow {
  return {
    width: registers.width,
    height: registers.height,
    offsetX: registers.offsetX,
    offsetY: registers.offsetY,
    binningX: registers.columnBinning,
    binningY: registers.rowBinning,
    decimationX: registers.columnDecimation,
    decimationY: registers.rowDecimation,
  };
}
