import { type CommonImagingRegisters, rowStep } from "../roic/sequencer/imaging-registers.ts";
import type { TracedPixel } from "./pixel-signals.ts";

/** Sensor pixels whose levels are averaged before the ADC, and the row group that reads them. */
export interface PixelBin {
  readonly group: number;
  readonly firstRow: number;
  readonly rows: number;
  readonly firstColumn: number;
  readonly columns: number;
}

/** The bin that a sensor pixel lies in; undefined for one that no line or column reads. */
export function binOf(registers: CommonImagingRegisters, { column, row }: TracedPixel): PixelBin | undefined {
  const { banks, columnBinning, columnDecimation, height, offsetX, offsetY, rowBinning, width } = registers;
  const columnStep = columnBinning * columnDecimation;
  const line = placeOf(row, rowStep(registers), rowBinning, offsetY, height);
  const x = placeOf(column, columnStep, columnBinning, offsetX, width);
  if (line === undefined || x === undefined) return undefined;
  return {
    group: Math.floor(line / banks),
    firstRow: (offsetY + line) * rowStep(registers),
    rows: rowBinning,
    firstColumn: (offsetX + x) * columnStep,
    columns: columnBinning,
  };
}

function placeOf(
  index: number,
  step: number,
  binning: number,
  offset: number,
  size: number,
): number | undefined {
  const place = Math.floor(index / step) - offset;
  return index % step < binning && place >= 0 && place < size ? place : undefined;
}
