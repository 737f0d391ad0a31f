/** The response table of the gates, set once by setResponse(). Rows are gateStride f32 long. */
export let values: usize = 0;
export let lastRow: f32 = 0;
export let rowsPerMetre: f32 = 0;
export let firstRow: f32 = 0;
export let wrapRows: f32 = 0;
/** One f32 a row, all zero between calls. */
export let bins: usize = 0;

/**
 * Response table at `table`. A hit at range R lies at row R * perMetre - first; `wrap` rows are one pulse period, or 0:
 * then light from outside the table is not collected. `work`: rows f32, all zero.
 */
export function setResponse(
  table: usize,
  rows: u32,
  perMetre: f32,
  first: f32,
  wrap: f32,
  work: usize,
): void {
  values = table;
  lastRow = <f32>(rows - 1);
  rowsPerMetre = perMetre;
  firstRow = first;
  wrapRows = wrap;
  bins = work;
}
