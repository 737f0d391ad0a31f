import { describe, expect, it } from "vitest";
import { MEMORY_PAGES } from "../../hw-profiles/interface/abi.ts";
import * as Blocks from "../../hw-profiles/interface/memory-map.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { encodeImagingParameters } from "../firmware/support/imaging-parameters.ts";
import { encodeParameters } from "../firmware/support/parameter-block.ts";
import { Random } from "../firmware/support/random.ts";
import { randomFrame } from "../firmware/support/random-frames.ts";
import { randomImage, randomImagingParameters } from "../firmware/support/random-images.ts";
import { randomParameters } from "../firmware/support/random-parameters.ts";
import { moduleBytes } from "../firmware/support/test-board.ts";
import { boardTools } from "./support/board-tools.ts";
import { buildElf } from "./support/elf.ts";
import { runElf } from "./support/emulator.ts";
import { configure, recordFrame, Transcript } from "./support/transcript.ts";

const ROWS = 5;
const FRAMES = 200;
/** Whole tiles and a part of one: emulated pixels take their time. */
const COLUMNS_MOST = 9;

/** A microcontroller has the module of its sensor's mode. */
const LIDAR = moduleBytes("readout-scalar-lidar.wasm");
const IMAGING = moduleBytes("readout-scalar-imaging.wasm");

interface Stage {
  readonly wasm: Uint8Array<ArrayBuffer>;
  readonly sendFrame: (transcript: Transcript, random: Random) => void;
}

function lidar(gating: number): Stage {
  const sendFrame: Stage["sendFrame"] = (transcript, random) => {
    const usual = randomParameters(random, ROWS);
    const parameters = { ...usual, gating, width: Math.min(usual.width, COLUMNS_MOST) };
    expect(configure(transcript, encodeParameters(parameters))).toBe(STATUS_OK);
    recordFrame(transcript, randomFrame(parameters, random));
  };
  return { wasm: LIDAR, sendFrame };
}

function imaging(readMode: number, reads: readonly number[]): Stage {
  const sendFrame: Stage["sendFrame"] = (transcript, random) => {
    const count = reads[random.below(reads.length)]!;
    const parameters = { ...randomImagingParameters(random, ROWS), readMode, reads: count };
    expect(configure(transcript, encodeImagingParameters(parameters))).toBe(STATUS_OK);
    recordFrame(transcript, randomImage(parameters, random));
  };
  return { wasm: IMAGING, sendFrame };
}

const STAGES: readonly (readonly [name: string, stage: Stage, seed: number])[] = [
  ["time of flight, film bias", lidar(Blocks.GATING_FILM_BIAS), 700],
  ["time of flight, swept reset", lidar(Blocks.GATING_SWEPT_RESET), 701],
  ["single reads", imaging(Blocks.READ_SINGLE, [1]), 702],
  ["correlated double sampling", imaging(Blocks.READ_CDS, [2]), 703],
  ["ramps", imaging(Blocks.READ_RAMP, [2, 3, 4, 5, 8, 16, 33, 64]), 704],
];

const recorded = new Map<Stage, Transcript>();

function record(stage: Stage, seed: number): Transcript {
  const known = recorded.get(stage);
  if (known !== undefined) return known;
  const transcript = new Transcript(stage.wasm);
  const random = new Random(seed);
  for (let frame = 0; frame < FRAMES; frame++) stage.sendFrame(transcript, random);
  recorded.set(stage, transcript);
  return transcript;
}

describe.skipIf(!boardTools())("the scalar modules on an emulated Cortex-M7", () => {
  it.each(STAGES)("gives V8's bytes, floats included, over 1000 lines: %s", (_, stage, seed) => {
    const transcript = record(stage, seed);
    const { exitCode, text, output } = runElf(buildElf({ wasm: stage.wasm, exact: true }), transcript.input);
    expect({ exitCode, text, difference: transcript.difference(output) }).toEqual({
      exitCode: 0,
      text: "",
      difference: -1,
    });
  });

  it.each(STAGES)("does not without -ffp-contract=off: %s", (_, stage, seed) => {
    const transcript = record(stage, seed);
    const { exitCode, output } = runElf(buildElf({ wasm: stage.wasm, exact: false }), transcript.input);
    expect(exitCode).toBe(0);
    expect(transcript.difference(output)).toBeGreaterThan(0);
  });

  it.each([MEMORY_PAGES * 65536, 0x1000_0000, 0xffff_fffc])(
    "traps a load at %i, beyond its memory",
    (address) => {
      const transcript = new Transcript(LIDAR);
      transcript.touch(MEMORY_PAGES * 65536 - 4);
      const elf = buildElf({ wasm: LIDAR, exact: true });
      expect(runElf(elf, transcript.input)).toMatchObject({ exitCode: 0, output: new Uint8Array(4) });
      transcript.touch(address);
      const { exitCode, text } = runElf(elf, transcript.input);
      expect(exitCode).toBe(2);
      expect(text).toMatch(/^trap: fault, CFSR 0x/);
    },
  );
});
