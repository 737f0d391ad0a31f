export interface BandRows {
  readonly firstRow: number;
  readonly rows: number;
}

/**
 * Bands that cover all rows: equal ones, the first ones taller where the division leaves a rest; never more bands than
 * there are rows. With an alignment, bands start on multiples of it, and the last one takes what is left.
 */
export function splitRows(heightPx: number, bands: number, alignment = 1): BandRows[] {
  const units = Math.ceil(heightPx / alignment);
  const count = Math.min(bands, units);
  const short = Math.floor(units / count);
  const taller = units % count;
  return Array.from({ length: count }, (_, band) => {
    const firstRow = alignment * (band * short + Math.min(band, taller));
    const rows = alignment * (band < taller ? short + 1 : short);
    return { firstRow, rows: Math.min(rows, heightPx - firstRow) };
  });
}
