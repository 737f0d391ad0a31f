import { describe, expect, it } from "vitest";
import * as Blocks from "../../hw-profiles/interface/memory-map.ts";
import * as Flags from "../../hw-profiles/interface/pixel-flags.ts";
import { COMPONENT_FLAGS } from "../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import type { ReferenceFrame } from "../reference/firmware/frame.ts";
import { ReferenceImaging } from "../reference/firmware/imaging/image-readout.ts";
import {
  CDS_PARAMETERS,
  encodeImagingParameters,
  type ImagingParameters,
  RAMP_PARAMETERS,
  SINGLE_PARAMETERS,
} from "./support/imaging-parameters.ts";
import { Random } from "./support/random.ts";
import { randomImage, randomImagingParameters } from "./support/random-images.ts";
import { linesPayload } from "./support/report-reader.ts";
import { TestBoard } from "./support/test-board.ts";

/** Runs a frame on both builds and the reference; the reports must agree in every byte. Returns them. */
function runEverywhere(p: ImagingParameters, frame: ReferenceFrame, seed: number): readonly Uint8Array[] {
  const block = encodeImagingParameters(p);
  const expected = new ReferenceImaging(block).frame(frame);
  for (const name of ["readout.wasm", "readout-scalar.wasm"]) {
    const board = new TestBoard(name);
    expect(board.configure(block)).toBe(STATUS_OK);
    const reports = board.runFrame(frame);
    const differs = expected.findIndex((report, i) => !Buffer.from(report).equals(reports[i] ?? Buffer.of()));
    expect({ name, seed, differs, count: reports.length }).toEqual({
      name,
      seed,
      differs: -1,
      count: expected.length,
    });
  }
  return expected;
}

describe("SIMD build, scalar build and reference agree in every byte", () => {
  it("on random parameters and random frames, 150 seeds", () => {
    for (let seed = 0; seed < 150; seed++) {
      const random = new Random(500 + seed);
      const p = randomImagingParameters(random, 1 + random.below(4));
      runEverywhere(p, randomImage(p, random), seed);
    }
  });

  it.each([
    ["single", SINGLE_PARAMETERS],
    ["CDS", CDS_PARAMETERS],
    ["ramp of 8", RAMP_PARAMETERS],
    ["ramp of 32", { ...RAMP_PARAMETERS, reads: 32 }],
  ])("on a frame of %s in use, with every flag there can be", (_, usual) => {
    const p = { ...usual, width: 240, height: 6, components: COMPONENT_FLAGS };
    const flags = linesPayload(runEverywhere(p, randomImage(p, new Random(7)), 7));
    const seen = flags.reduce((all, value) => all | value, 0);
    const jumps = p.readMode === Blocks.READ_RAMP ? Flags.PIXEL_MISFIT : 0;
    expect(seen).toBe(Flags.PIXEL_SATURATED | Flags.PIXEL_BAD | Flags.PIXEL_REPLACED | jumps);
  });
});
