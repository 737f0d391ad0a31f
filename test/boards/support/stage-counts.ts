import * as Blocks from "../../../hw-profiles/interface/memory-map.ts";
import {
  COMPONENT_FLAGS,
  COMPONENT_INTENSITY,
  COMPONENT_SIGMA,
} from "../../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import {
  CDS_PARAMETERS,
  encodeImagingParameters,
  type ImagingParameters,
  RAMP_PARAMETERS,
  SINGLE_PARAMETERS,
} from "../../firmware/support/imaging-parameters.ts";
import { encodeParameters, INAS_PARAMETERS } from "../../firmware/support/parameter-block.ts";
import { moduleBytes } from "../../firmware/support/test-board.ts";
import type { ReferenceRow } from "../../reference/firmware/frame.ts";
import { buildElf } from "./elf.ts";
import { runElf } from "./emulator.ts";
import { imagingLine, lidarLine } from "./line-inputs.ts";
import { configure, Transcript, writeFrameBlock, writeRow } from "./transcript.ts";

/** Instructions of the clock's tick: 25 MHz, and one instruction a nanosecond with -icount shift=0. */
export const INSTRUCTIONS_PER_TICK = 40;
/** Calls that are counted together: a tick is then less than a hundredth of an instruction a pixel. */
const CALLS = 20;
const WIDTH = 640;
const ROWS = 4;
const SHOWN = COMPONENT_INTENSITY | COMPONENT_FLAGS;
const SEED = 90;
const FLASHED_ROWS = 16;

/** Stages that are the whole flashed module: what frame rates follow from. */
export const FLASHED_IMAGE = "flashed module, single read: intensity and flags in reports";
export const FLASHED_LIDAR = "flashed module, time of flight: all lines in reports";

export interface StageCount {
  readonly stage: string;
  /** Instructions a pixel; of packing a sample, of the CRC a byte. */
  readonly instructions: number;
}

interface Question {
  readonly stage: string;
  readonly call: string;
  /** Pixels, samples or bytes of one call. */
  readonly units: number;
}

/** Configures the module of stages, gives it a row, and counts. */
function countCalls(block: Uint8Array, row: ReferenceRow, questions: readonly Question[]): StageCount[] {
  const wasm = moduleBytes("stages-scalar.wasm");
  const transcript = new Transcript(wasm);
  transcript.write(Blocks.PARAM_BLOCK, block);
  const status = transcript.call("bench_configure");
  if (status !== STATUS_OK)
    throw new Error(`found status ${status} of bench_configure, expected ${STATUS_OK}`);
  writeRow(transcript, row);
  transcript.call("bench_prepare");
  for (const { call } of questions) transcript.count(call, 0, CALLS);
  const { exitCode, text, output } = runElf(buildElf({ wasm, exact: true }), transcript.input, true);
  if (exitCode !== 0) throw new Error(`the counting program ended with exit code ${exitCode}: ${text}`);
  const words = new DataView(output.buffer, output.byteOffset + output.length - 4 * questions.length);
  return questions.map(({ stage, units }, i) => {
    const instructions = (words.getUint32(4 * i, true) * INSTRUCTIONS_PER_TICK) / CALLS;
    return { stage, instructions: instructions / units };
  });
}

function countImage(parameters: ImagingParameters, stage: string): StageCount[] {
  const p = { ...parameters, width: WIDTH, height: ROWS };
  const question = { stage, call: "bench_image", units: WIDTH * ROWS };
  return countCalls(encodeImagingParameters(p), imagingLine(p, SEED), [question]);
}

/** What subtracting the dark signal adds to the loop of a plain line. */
function countDark(): StageCount[] {
  const p = { ...SINGLE_PARAMETERS, components: SHOWN, width: WIDTH, height: 1 };
  const [dark, bright] = countCalls(encodeImagingParameters(p), imagingLine(p, SEED), [
    { stage: "with", call: "bench_plain", units: WIDTH },
    { stage: "without", call: "bench_plain_bright", units: WIDTH },
  ]);
  return [{ stage: "dark correction", instructions: dark!.instructions - bright!.instructions }];
}

function countImaging(): StageCount[] {
  const withSigma = SHOWN | COMPONENT_SIGMA;
  return [
    ...countDark(),
    ...countImage({ ...SINGLE_PARAMETERS, components: SHOWN }, "single read: offset, dark, gain, bad pixels"),
    ...countImage(
      { ...SINGLE_PARAMETERS, components: withSigma },
      "single read, with response curve and sigma",
    ),
    ...countImage({ ...CDS_PARAMETERS, components: withSigma }, "correlated double sampling, the same"),
    ...countImage({ ...RAMP_PARAMETERS, components: withSigma }, "ramp of 8 reads, jumps looked for"),
  ];
}

function countLidar(): StageCount[] {
  // As long as a line may be that is counted stage by stage.
  const width = 320;
  const p = { ...INAS_PARAMETERS, width, height: 1 };
  const gates = p.gateDelaysNs.length;
  return countCalls(encodeParameters(p), lidarLine(p, SEED), [
    { stage: "time of flight: codes to electrons", call: "bench_correct", units: width },
    { stage: "time of flight: matched filter and start", call: "bench_matched_filter", units: width },
    { stage: "time of flight: Fisher scoring", call: "bench_scoring", units: width },
    { stage: "time of flight: flags and codes", call: "bench_classify", units: width },
    { stage: "time of flight, whole", call: "bench_line", units: width },
    { stage: "12-bit packing, a sample", call: "bench_pack12", units: width * gates },
    { stage: "lossless packing, a sample", call: "bench_lossless", units: width * gates },
    { stage: "CRC-32C, a byte", call: "bench_crc", units: 2 * width * gates },
  ]);
}

/** All that the flashed module does to a frame's rows, a pixel: stages, reports and their CRC. */
function countFlashed(stage: string, module: string, block: Uint8Array, row: ReferenceRow): StageCount {
  const wasm = moduleBytes(module);
  const transcript = new Transcript(wasm);
  const status = configure(transcript, block);
  if (status !== STATUS_OK) throw new Error(`found status ${status} of configure, expected ${STATUS_OK}`);
  writeFrameBlock(transcript, { frame: 1, temperatureMk: 300_000, startCycle: 0n, endCycle: 1n, dropped: 0 });
  transcript.call("begin_frame");
  writeRow(transcript, row);
  for (let y = 0; y < FLASHED_ROWS; y++) transcript.count("process_line", y, 1);
  const { exitCode, text, output } = runElf(buildElf({ wasm, exact: true }), transcript.input, true);
  if (exitCode !== 0) throw new Error(`the counting program ended with exit code ${exitCode}: ${text}`);
  const words = new DataView(output.buffer, output.byteOffset + output.length - 4 * FLASHED_ROWS);
  let ticks = 0;
  for (let y = 0; y < FLASHED_ROWS; y++) ticks += words.getUint32(4 * y, true);
  return { stage, instructions: (ticks * INSTRUCTIONS_PER_TICK) / (FLASHED_ROWS * row.bad.length) };
}

function countModule(): StageCount[] {
  const image = { ...SINGLE_PARAMETERS, components: SHOWN, width: WIDTH, height: FLASHED_ROWS };
  const lidar = { ...INAS_PARAMETERS, width: 320, height: FLASHED_ROWS };
  return [
    countFlashed(
      FLASHED_IMAGE,
      "readout-scalar-imaging.wasm",
      encodeImagingParameters(image),
      imagingLine(image, SEED),
    ),
    countFlashed(FLASHED_LIDAR, "readout-scalar-lidar.wasm", encodeParameters(lidar), lidarLine(lidar, SEED)),
  ];
}

/** Instructions of every stage of the scalar build on a Cortex-M7. */
export function countStages(): readonly StageCount[] {
  return [...countImaging(), ...countLidar(), ...countModule()].map(({ stage, instructions }) => ({
    stage,
    instructions: Math.round(instructions * 100) / 100,
  }));
}
