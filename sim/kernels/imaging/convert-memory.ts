/**
 * Where the converter's buffers lie and what is the same for a frame, set by the host (sim/imaging/convert-kernel.ts).
 * Rows and columns count within the band; f32 level rows have `levelStride` elements, so that four may be written at a time.
 */
export let width: u32 = 0;
/** Pixels of the band: elements between two reads' planes of charge. */
export let planePixels: u32 = 0;
/** Global index of the band's first pixel. */
export let firstPixel: u32 = 0;
export let levelStride: u32 = 0;

export let offsetDn: usize = 0;
/** f64 [column]. */
export let columnStep: usize = 0;
/** f32 [column]: 1 / step. */
export let columnInverse: usize = 0;
/** f64 [count]: nonlinearity of the ramp; and the same in f32. */
export let inlDn: usize = 0;
export let inlNearDn: usize = 0;
/** Largest error of the crossing in f32, counts. */
export let rampError: f32 = 0;
/** u32 [row + 1] into the telegraph pixels, and into the dead and stuck ones. */
export let rtsStart: usize = 0;
export let overrideStart: usize = 0;
/** Records of 24 bytes: u32 column, f32 amplitude (e-), f64 share of the high level, f64 rate (1/s). */
export let rtsPixels: usize = 0;
/** Records of 8 bytes: u32 column, f32 level (DN). */
export let overrides: usize = 0;

/** f32 [read][levelStride]: levels of one sensor row, and sums over the rows of a bin. */
export let levels: usize = 0;
export let sums: usize = 0;
/** f32 [read][CHUNK_PIXELS], and room for four. */
export let normals: usize = 0;
export let normalTable: usize = 0;
/** f32, one output line. */
export let line: usize = 0;
/** 128 bytes. */
export let scratch: usize = 0;
/** f32 [read][read], DN. */
export let noiseFactor: usize = 0;
/** f64 [read]. */
export let sampleS: usize = 0;
/** f32 [read]: of the line at hand, DN. */
export let rampDn: usize = 0;
/** f32 [TRANSFER_COEFFICIENTS]. */
export let transfer: usize = 0;

export let charge: usize = 0;
export let keyLow: u32 = 0;
export let keyHigh: u32 = 0;
export let frame: u32 = 0;
export let reads: u32 = 0;
/** Analog gain included. */
export let dnPerE: f32 = 0;
export let inverseFullWell: f32 = 0;
export let bent: bool = false;
/** 0 none, 1 a diagonal factor (white noise alone), 2 full. */
export let noiseKind: u32 = 0;
/** False: slope 1 and no nonlinearity. */
export let rampBent: bool = false;
export let counts: i32 = 0;

export function setConvertBand(
  columns: u32,
  pixels: u32,
  globalFirst: u32,
  stride: u32,
  countsOfRamp: i32,
): void {
  width = columns;
  planePixels = pixels;
  firstPixel = globalFirst;
  levelStride = stride;
  counts = countsOfRamp;
}

export function setConvertMaps(
  offsets: usize,
  steps: usize,
  inverses: usize,
  inl: usize,
  inlNear: usize,
): void {
  offsetDn = offsets;
  columnStep = steps;
  columnInverse = inverses;
  inlDn = inl;
  inlNearDn = inlNear;
}

export function setConvertLists(
  rtsRows: usize,
  rtsRecords: usize,
  overrideRows: usize,
  overrideRecords: usize,
): void {
  rtsStart = rtsRows;
  rtsPixels = rtsRecords;
  overrideStart = overrideRows;
  overrides = overrideRecords;
}

export function setConvertWork(
  rowLevels: usize,
  rowSums: usize,
  normalWords: usize,
  table: usize,
  outputLine: usize,
  work: usize,
): void {
  levels = rowLevels;
  sums = rowSums;
  normals = normalWords;
  normalTable = table;
  line = outputLine;
  scratch = work;
}

export function setConvertTimes(factor: usize, times: usize, ramp: usize, polynomial: usize): void {
  noiseFactor = factor;
  sampleS = times;
  rampDn = ramp;
  transfer = polynomial;
}

export function setConvertFrame(
  chargePlanes: usize,
  seedLow: u32,
  seedHigh: u32,
  frameNumber: u32,
  readCount: u32,
  scale: f32,
  fullWellInverse: f32,
  transferBent: bool,
  kindOfNoise: u32,
  rampIsBent: bool,
  errorOfRamp: f32,
): void {
  charge = chargePlanes;
  keyLow = seedLow;
  keyHigh = seedHigh;
  frame = frameNumber;
  reads = readCount;
  dnPerE = scale;
  inverseFullWell = fullWellInverse;
  bent = transferBent;
  noiseKind = kindOfNoise;
  rampBent = rampIsBent;
  rampError = errorOfRamp;
}
