export interface BandRows {
  readonly firstRow: number;
  readonly rows: number;
}

/** Equal bands, the first ones a row taller where the division leaves a rest; never more bands than rows. */
export function splitRows(heightPx: number, bands: number): BandRows[] {
  const count = Math.min(bands, heightPx);
  const short = Math.floor(heightPx / count);
  const taller = heightPx % count;
  return Array.from({ length: count }, (_, band) => ({
    firstRow: band * short + Math.min(band, taller),
    rows: band < taller ? short + 1 : short,
  }));
}
