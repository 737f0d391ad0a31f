import { STATUS_MORE, STATUS_OK } from "../../hw-profiles/interface/status.ts";
import {
  CDS_PARAMETERS,
  encodeImagingParameters,
  type ImagingParameters,
  RAMP_PARAMETERS,
  SINGLE_PARAMETERS,
} from "../firmware/support/imaging-parameters.ts";
import { Random } from "../firmware/support/random.ts";
import { TestBoard } from "../firmware/support/test-board.ts";
import type { ReferenceFrame, ReferenceRow } from "../reference/firmware/frame.ts";
import { ReferenceImaging } from "../reference/firmware/imaging/image-readout.ts";
import type { BenchCase } from "./interleave.ts";

const WIDTH = 1280;
const ROWS = 16;
/** The slow reference does fewer. */
const REFERENCE_ROWS = 2;
const BAD_ONE_IN = 500;

const MODES: readonly (readonly [string, ImagingParameters])[] = [
  ["single", SINGLE_PARAMETERS],
  ["cds", CDS_PARAMETERS],
  ["ramp of 8", RAMP_PARAMETERS],
  ["ramp of 32", { ...RAMP_PARAMETERS, reads: 32 }],
];

/** A row in use: charges from none to the full well, few defects. */
export function imageRow(p: ImagingParameters, random: Random): ReferenceRow {
  const samples = new Uint16Array(WIDTH * p.reads);
  const fullE = (p.saturationDn - 200) * p.gainEPerDn;
  for (let x = 0; x < WIDTH; x++) {
    const rateE = (fullE * random.uniform()) / p.reads;
    let chargeE = 96 * p.gainEPerDn;
    for (let read = 0; read < p.reads; read++) {
      chargeE += random.poisson(rateE);
      samples[read * WIDTH + x] = Math.round((chargeE + p.readNoiseE * random.normal()) / p.gainEPerDn);
    }
  }
  return {
    samples,
    offset: new Uint16Array(WIDTH).fill(1536),
    dark: new Uint16Array(WIDTH).fill(300),
    bad: Uint8Array.from({ length: WIDTH }, () => Number(random.below(BAD_ONE_IN) === 0)),
  };
}

function frameOf(row: ReferenceRow, height: number): ReferenceFrame {
  const rows = Array.from({ length: height }, () => row);
  return { frame: 1, temperatureMk: 300_000, startCycle: 0n, endCycle: 1n, dropped: 0, rows };
}

function finish(board: TestBoard, first: number): void {
  let status = first;
  while (status === STATUS_MORE) status = board.exports.resume();
  if (status !== STATUS_OK) throw new Error(`the readout logic answered with status ${status}`);
}

/** Frames of the same row: leader to trailer, lines and flags packed into reports with their checksums. */
function moduleRun(file: string, p: ImagingParameters, row: ReferenceRow): () => void {
  const board = new TestBoard(file);
  finish(board, board.configure(encodeImagingParameters(p)));
  board.writeFrameBlock(frameOf(row, 0));
  board.writeRow(row);
  return () => {
    finish(board, board.exports.begin_frame());
    for (let y = 0; y < p.height; y++) finish(board, board.exports.process_line(y));
    finish(board, board.exports.end_frame());
  };
}

function modeCases([name, mode]: readonly [string, ImagingParameters]): BenchCase[] {
  const p = { ...mode, width: WIDTH, height: ROWS };
  const small = { ...p, height: REFERENCE_ROWS };
  const row = imageRow(p, new Random(5));
  const reference = new ReferenceImaging(encodeImagingParameters(small));
  const frame = frameOf(row, REFERENCE_ROWS);
  const base = { stage: `firmware imaging, ${name}, to reports`, item: "pixel", items: WIDTH * ROWS };
  return [
    { ...base, variant: "simd", run: moduleRun("readout.wasm", p, row) },
    { ...base, variant: "scalar", run: moduleRun("readout-scalar.wasm", p, row) },
    {
      ...base,
      variant: "typescript",
      items: WIDTH * REFERENCE_ROWS,
      run: () => void reference.frame(frame),
    },
  ];
}

/** Imaging in the readout logic, whole lines in every read mode: SIMD build, scalar build, TypeScript reference. */
export function imagingFirmwareCases(): BenchCase[] {
  return MODES.flatMap(modeCases);
}
