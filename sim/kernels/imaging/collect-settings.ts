/**
 * Where the buffers of charge collection lie and what holds for a whole frame. The host owns the memory and chooses the
 * addresses. What holds for one row and its reads lies in tables that the host fills (sim/imaging/charge-tables.ts).
 */

/** Bytes of a read in the read table, f32: light s, dark s, and x = b dt of the light and of the dark rate per e-/s. */
export const READ_TABLE_BYTES: usize = 16;
/** Pixels that are worked on together: blocks of random words, whole quads. CHUNK_PIXELS of sim/imaging/collector-places.ts. */
export const CHUNK_PIXELS: u32 = 128;
export const CHUNK_BYTES: usize = 512;
/** Pixels of the band: distance of two planes. */
export let pixels: u32 = 0;
export let columns: u32 = 0;
export let lightRateEPerS: usize = 0;
export let darkRateEPerS: usize = 0;
export let charge: usize = 0;
export let normalTable: usize = 0;
/** f64 1/n, see poissonQuad. */
export let reciprocals: usize = 0;
/** Per-row tables: reads, flicker (lower triangle, row by row), lag ([read][species][species + 2]), lag start [species]. */
export let readTable: usize = 0;
export let flickerTable: usize = 0;
export let lagTable: usize = 0;
export let lagStart: usize = 0;
/** Random words of a chunk of pixels and one read, see collect-words.ts. */
export let words: usize = 0;
/** f32 of the chunk's pixels: charge on the node before knee and reset noise; behind it what follows. */
export let work: usize = 0;
/** From `work`: electrons of the interval at hand. */
export const GENERATED: usize = 512;
/** From `work`: normals of the reset noise. */
export const RESET_NORMALS: usize = 1024;
/** From `work`: 1 - e^(-x) of the interval at hand, see collect-shot.ts. */
export const FILLED: usize = 1536;
/** From `work`: 16 bytes. */
export const SCRATCH: usize = 2048;
/** From `work`: flicker's normals, [read][pixel]. */
export const FLICKER_NORMALS: usize = 2112;
/** From `work`: those of read 1. */
export const SECOND_NORMALS: usize = 2624;
/** Occupation of the traps of the chunk's quads, f32 [quad][species][4], twice: reads change sides. */
export let traps: usize = 0;

export let shotNoise: bool = false;
export let biasDependence: bool = false;
export let flicker: bool = false;
export let species: u32 = 0;
/** 0: no knee. */
export let kneeE: f32 = 0;
export let headroomE: f32 = 0;
/** 0: no reset noise. */
export let resetSigmaE: f32 = 0;

export let reads: u32 = 0;
export let keyLow: u32 = 0;
export let keyHigh: u32 = 0;
export let frame: u32 = 0;

/** Occupation of the traps, f32 [species][pixel], before and after the frame. */
export let trapsBefore: usize = 0;
export let trapsAfter: usize = 0;

export function setCollectBuffers(
  pixelCount: u32,
  columnCount: u32,
  lightRate: usize,
  darkRate: usize,
  chargePlanes: usize,
  normals: usize,
  reciprocalTable: usize,
): void {
  pixels = pixelCount;
  columns = columnCount;
  lightRateEPerS = lightRate;
  darkRateEPerS = darkRate;
  charge = chargePlanes;
  normalTable = normals;
  reciprocals = reciprocalTable;
}

export function setCollectTables(
  readRows: usize,
  flickerRows: usize,
  lagRows: usize,
  lagStartShares: usize,
  wordBlock: usize,
  workVectors: usize,
  trapVectors: usize,
): void {
  readTable = readRows;
  flickerTable = flickerRows;
  lagTable = lagRows;
  lagStart = lagStartShares;
  words = wordBlock;
  work = workVectors;
  traps = trapVectors;
}

/** Switches; kneeE 0 and resetSigmaE 0 are off. */
export function setCollectEffects(
  hasShotNoise: bool,
  hasBiasDependence: bool,
  hasFlicker: bool,
  trapSpecies: u32,
  knee: f32,
  headroom: f32,
  resetSigma: f32,
): void {
  shotNoise = hasShotNoise;
  biasDependence = hasBiasDependence;
  flicker = hasFlicker;
  species = trapSpecies;
  kneeE = knee;
  headroomE = headroom;
  resetSigmaE = resetSigma;
}

export function setCollectFrame(readCount: u32, seedLow: u32, seedHigh: u32, frameNumber: u32): void {
  reads = readCount;
  keyLow = seedLow;
  keyHigh = seedHigh;
  frame = frameNumber;
}

export function setCollectTraps(before: usize, after: usize): void {
  trapsBefore = before;
  trapsAfter = after;
}
