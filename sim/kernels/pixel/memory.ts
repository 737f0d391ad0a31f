/**
 * Where the buffers lie, set once by layout(). The host owns the memory and chooses the addresses; each thread has its
 * own instance. Gate values of a pixel are padded with zeros to `gateStride`, a multiple of four.
 */
export let pixels: u32 = 0;
export let gates: u32 = 0;
export let gateStride: u32 = 0;
export let raysPerPixel: u32 = 0;

export let rangeM: usize = 0;
export let signalRho: usize = 0;
export let ambientRho: usize = 0;
export let signalScaleE: usize = 0;
export let ambientScaleE: usize = 0;
export let darkE: usize = 0;
export let offsetDn: usize = 0;
export let defect: usize = 0;
export let stuckCode: usize = 0;
export let lateRows: usize = 0;
export let meanE: usize = 0;
export let ambientE: usize = 0;
export let signalE: usize = 0;
export let codes: usize = 0;
export let normalTable: usize = 0;
export let scratch: usize = 0;

export function setShape(pixelCount: u32, gateCount: u32, rays: u32): void {
  pixels = pixelCount;
  gates = gateCount;
  gateStride = (gateCount + 3) & ~3;
  raysPerPixel = rays;
}

export function setHits(range: usize, signal: usize, ambient: usize): void {
  rangeM = range;
  signalRho = signal;
  ambientRho = ambient;
}

export function setMaps(
  signalScale: usize,
  ambientScale: usize,
  dark: usize,
  offset: usize,
  defects: usize,
  stuckCodes: usize,
  late: usize,
): void {
  signalScaleE = signalScale;
  ambientScaleE = ambientScale;
  darkE = dark;
  offsetDn = offset;
  defect = defects;
  stuckCode = stuckCodes;
  lateRows = late;
}

export function setResults(mean: usize, ambient: usize, signal: usize, codePlanes: usize): void {
  meanE = mean;
  ambientE = ambient;
  signalE = signal;
  codes = codePlanes;
}

export function setWork(table: usize, work: usize): void {
  normalTable = table;
  scratch = work;
}
