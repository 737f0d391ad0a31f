import type { ReadWindow, SensorRows } from "./seams.ts";

/** Output lines whose sensor rows lie in a band, and their columns. */
export interface BandLines {
  readonly firstLine: number;
  readonly lines: number;
  /** Row of the band in which the first line begins; the next ones follow `rowStep` apart. */
  readonly firstRow: number;
  readonly rowStep: number;
  readonly firstColumn: number;
  readonly columnStep: number;
  /** Sensor columns from the first to the last one that the window needs. */
  readonly columns: number;
}

/**
 * @throws RangeError if a line has rows on both sides of the band's edge, or the window leaves the array.
 */
export function linesOfBand(window: ReadWindow, band: SensorRows, widthPx: number): BandLines {
  const rowStep = window.binningY * window.decimationY;
  const columnStep = window.binningX * window.decimationX;
  const columns = (window.width - 1) * columnStep + window.binningX;
  const firstColumn = window.offsetX * columnStep;
  if (firstColumn + columns > widthPx) {
    throw new RangeError(
      `window: found columns ${firstColumn}..${firstColumn + columns - 1}, expected at most ${widthPx - 1}`,
    );
  }
  const end = band.firstRow + band.rows;
  checkEdge(window, rowStep, band.firstRow);
  checkEdge(window, rowStep, end);
  const firstLine = clampLine(Math.ceil(band.firstRow / rowStep) - window.offsetY, window.height);
  const endLine = clampLine(Math.ceil(end / rowStep) - window.offsetY, window.height);
  return {
    firstLine,
    lines: endLine - firstLine,
    firstRow: (window.offsetY + firstLine) * rowStep - band.firstRow,
    rowStep,
    firstColumn,
    columnStep,
    columns,
  };
}

function clampLine(line: number, height: number): number {
  return Math.min(Math.max(line, 0), height);
}

/** A bin must not lie on both sides of the band's edge. */
function checkEdge(window: ReadWindow, rowStep: number, edgeRow: number): void {
  const line = Math.floor(edgeRow / rowStep) - window.offsetY;
  const inBin = edgeRow % rowStep;
  if (line < 0 || line >= window.height || inBin === 0 || inBin >= window.binningY) return;
  throw new RangeError(
    `band: found an edge at sensor row ${edgeRow} within the bin of output line ${line}; ` +
      `expected edges at multiples of ${window.binningY} rows`,
  );
}
