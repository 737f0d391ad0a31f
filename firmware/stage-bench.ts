// Each stage as a call over one line, for timing: the stages are the ones that are flashed, only the loop around them is
// not. Usage: write the parameter block, bench_configure(), write a row to the layout's addresses, bench_prepare(); then
// any of the stages, in any order.
import { MEMORY_PAGES } from "../hw-profiles/interface/abi.ts";
import { MODE_IMAGING } from "../hw-profiles/interface/memory-map.ts";
import { STATUS_BAD_STATE, STATUS_NO_MEMORY, STATUS_OK } from "../hw-profiles/interface/status.ts";
import { imagePlan } from "./bench/image-plan.ts";
import { tofPlan } from "./bench/tof-plan.ts";
import { configureModule } from "./frame.ts";
import { image, setFrameDark } from "./imaging/buffers.ts";
import { plainCodes } from "./imaging/direct-lane.ts";
import { completeRow, computeRow } from "./imaging/rows.ts";
import { crcTables } from "./layout.ts";
import { setup } from "./setup.ts";
import { detected, putNoReturn, putReturn } from "./stages/classify.ts";
import { loadCodes, TILE, toElectrons } from "./stages/correct.ts";
import { crc32c } from "./stages/crc32c.ts";
import { fit } from "./stages/fit.ts";
import { processPixels } from "./stages/line.ts";
import { correlate } from "./stages/matched-filter.ts";
import { pack12 } from "./stages/pack.ts";
import { packLossless } from "./stages/pack-lossless.ts";
import { fitPixel, startFit } from "./stages/scoring.ts";
import { imaging } from "./views.ts";

/** Start of a fit: amplitude, background, position, f64 each. */
const START_BYTES: u32 = 24;

/** Buffers of a whole line, where the shipped module has one tile. */
let lineCodes: usize = 0;
let lineElectrons: usize = 0;
let starts: usize = 0;
let tileCodes: usize = 0;
let ready = false;

export function bench_configure(): u32 {
  ready = false;
  const status = configureModule();
  tileCodes = setup.codes;
  setup.darkScale = 1;
  setFrameDark(1);
  return status;
}

/** Runs every stage once, so that each finds its input. STATUS_NO_MEMORY: the line is too long for this. */
export function bench_prepare(): u32 {
  if (setup.width === 0 || imaging.mode === MODE_IMAGING) return STATUS_BAD_STATE;
  const columns: usize = (setup.width + TILE - 1) & ~(TILE - 1);
  lineCodes = setup.usedBytes;
  lineElectrons = lineCodes + columns * setup.paddedGates * 2;
  starts = lineElectrons + columns * setup.paddedGates * 4;
  if (starts + columns * START_BYTES > usize(MEMORY_PAGES) << 16) return STATUS_NO_MEMORY;
  ready = true;
  bench_correct();
  bench_matched_filter();
  return STATUS_OK;
}

function selectTile(column: u32): void {
  setup.codes = lineCodes + column * setup.paddedGates * 2;
}

/** Clip, offset and conversion to electrons. */
export function bench_correct(): void {
  if (!ready) return;
  for (let column: u32 = 0; column < setup.width; column += TILE) {
    selectTile(column);
    loadCodes(column);
    toElectrons(column, lineElectrons + column * setup.paddedGates * 4);
  }
  setup.codes = tileCodes;
}

/** Correlation with every template and the start of every fit. */
export function bench_matched_filter(): void {
  if (!ready) return;
  for (let column: u32 = 0; column < setup.width; column += TILE) {
    selectTile(column);
    correlate();
    for (let lane: u32 = 0; lane < TILE; lane++) saveStart(column, lane);
  }
  setup.codes = tileCodes;
}

/** The matched filter of a line of any length: codes to starts, of which the last one stays. */
export function bench_match(): void {
  for (let column: u32 = 0; column < setup.width; column += TILE) {
    loadCodes(column);
    correlate();
    for (let lane: u32 = 0; lane < TILE; lane++) {
      startFit(lane, load<u16>(setup.offsetMap + ((column + lane) << 1)));
    }
  }
}

function saveStart(column: u32, lane: u32): void {
  startFit(lane, load<u16>(setup.offsetMap + ((column + lane) << 1)));
  const start = starts + (column + lane) * START_BYTES;
  store<f64>(start, fit.amplitudeE);
  store<f64>(start, fit.backgroundE, 8);
  store<f64>(start, fit.positionNs, 16);
}

function fitFromStart(column: u32): bool {
  const start = starts + column * START_BYTES;
  fit.amplitudeE = load<f64>(start);
  fit.backgroundE = load<f64>(start, 8);
  fit.positionNs = load<f64>(start, 16);
  return fitPixel(lineElectrons + column * setup.paddedGates * 4, setup.gates);
}

/** Fisher scoring of every pixel. Returns how many had a fit. */
export function bench_scoring(): u32 {
  let fitted: u32 = 0;
  if (!ready) return fitted;
  for (let column: u32 = 0; column < setup.width; column++) fitted += u32(fitFromStart(column));
  return fitted;
}

/** Flags and line scales, of the last fit, for every pixel. */
export function bench_classify(): void {
  for (let column: u32 = 0; column < setup.width; column++) {
    if (detected()) putReturn(column, false, false);
    else putNoReturn(column, false);
  }
}

/** All gate lines to Mono12p. */
export function bench_pack12(): void {
  for (let gate: u32 = 0; gate < setup.gates; gate++) {
    pack12(setup.samples + gate * (setup.width << 1), setup.packedLine, setup.width);
  }
}

/** All gate lines without loss. Returns their bytes. */
export function bench_lossless(): u32 {
  let bytes: u32 = 0;
  for (let gate: u32 = 0; gate < setup.gates; gate++) {
    const line = setup.samples + gate * (setup.width << 1);
    bytes += packLossless(line, setup.packedLine, setup.width, gate === 0);
  }
  return bytes;
}

/** Where the stages that pack leave the last line. */
export function bench_packed_line(): usize {
  return setup.packedLine;
}

/** All gate lines to Mono16. */
export function bench_pack16(): void {
  for (let gate: u32 = 0; gate < setup.gates; gate++) {
    memory.copy(setup.packedLine, setup.samples + gate * (setup.width << 1), setup.width << 1);
  }
}

/** CRC-32C over the gate samples of the line, two bytes each. */
export function bench_crc(): u32 {
  return crc32c(crcTables(), 0, setup.samples, setup.gates * (setup.width << 1));
}

/** Everything that turns the samples of a line into its components. */
export function bench_line(): void {
  processPixels();
}

/** A whole frame of the row that stands in the line buffers: computed, bad pixels replaced, flags counted. */
export function bench_image(): void {
  computeRow(0);
  for (let row: u32 = 1; row < setup.height; row++) {
    computeRow(row);
    completeRow(row - 1);
  }
  completeRow(setup.height - 1);
}

/** Address of what the C twin of bench_image() works from. */
export function bench_image_plan(): usize {
  return imagePlan();
}

/** Address of what the C twin of bench_line() works from. */
export function bench_line_plan(): usize {
  return tofPlan();
}

/** Codes of the row as the scalar build makes them of a plain line, with its dark signal taken off. */
export function bench_plain(): void {
  plainCodes(image.intensity, true);
}

/** The same, its dark signal left in. */
export function bench_plain_bright(): void {
  plainCodes(image.intensity, false);
}
