import { describe, expect, it } from "vitest";
import {
  PIXEL_BAD,
  PIXEL_NO_RETURN,
  PIXEL_SATURATED,
  PIXEL_WINDOW,
} from "../../hw-profiles/interface/pixel-flags.ts";
import { COMPONENT_FLAGS } from "../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import type { ReferenceFrame } from "../reference/firmware/frame.ts";
import { ReferenceReadout } from "../reference/firmware/readout.ts";
import {
  encodeParameters,
  FAST_WITH_GAPS,
  INAS_PARAMETERS,
  type Parameters,
} from "./support/parameter-block.ts";
import { Random } from "./support/random.ts";
import { randomFrame } from "./support/random-frames.ts";
import { randomParameters } from "./support/random-parameters.ts";
import { linesPayload } from "./support/report-reader.ts";
import { TestBoard } from "./support/test-board.ts";

/** Runs a frame on both builds and the reference; the reports must agree in every byte. Returns them. */
function expectIdentical(parameters: Parameters, frame: ReferenceFrame): readonly Uint8Array[] {
  const block = encodeParameters(parameters);
  const expected = new ReferenceReadout(block).frame(frame);
  for (const name of ["readout.wasm", "readout-scalar.wasm"]) {
    const board = new TestBoard(name);
    expect(board.configure(block)).toBe(STATUS_OK);
    const reports = board.runFrame(frame);
    expect(reports.length).toBe(expected.length);
    reports.forEach((report, i) => {
      expect(Buffer.from(report).equals(Buffer.from(expected[i]!)), `${name}, report ${i}`).toBe(true);
    });
  }
  return expected;
}

describe("SIMD, scalar and reference give the same bytes", () => {
  it("over 160 lines of the default gates, every kind of pixel among them", () => {
    const random = new Random(20);
    const parameters = { ...INAS_PARAMETERS, width: 61, height: 40, components: COMPONENT_FLAGS };
    const seen = new Set<number>();
    for (let i = 0; i < 4; i++) {
      const reports = expectIdentical({ ...parameters, components: 0x3f }, randomFrame(parameters, random));
      expectFlagsIn(reports, seen);
    }
    for (const flag of [0, PIXEL_BAD, PIXEL_NO_RETURN, PIXEL_SATURATED, PIXEL_NO_RETURN | PIXEL_SATURATED]) {
      expect(seen, `flags ${flag}`).toContain(flag);
    }
    expect([...seen].some((flags) => (flags & PIXEL_WINDOW) !== 0)).toBe(true);
  });

  it("over 240 lines of 80 random parameter blocks", () => {
    const random = new Random(21);
    for (let i = 0; i < 80; i++) {
      const parameters = randomParameters(random, 3);
      expectIdentical(parameters, randomFrame(parameters, random));
    }
  });

  it("over 80 lines of a fast film whose gates leave gaps: weak returns, whose time is averaged", () => {
    const random = new Random(23);
    const parameters = { ...FAST_WITH_GAPS, width: 61, height: 20, components: 0x3f };
    for (let i = 0; i < 4; i++) expectIdentical(parameters, randomFrame(parameters, random));
  });

  it.each([
    ["all zero", 0],
    ["all at the largest code", 4095],
    ["all at an impossible code", 0xffff],
    ["all at the saturation level", INAS_PARAMETERS.saturationDn],
    ["flat, half scale", 2000],
  ])("%s", (_, code) => {
    const frame = randomFrame(INAS_PARAMETERS, new Random(22));
    for (const row of frame.rows) row.samples.fill(code);
    expectIdentical({ ...INAS_PARAMETERS, components: 0x3f }, frame);
  });
});

/** Collects the flags of line records with all components on. */
function expectFlagsIn(reports: readonly Uint8Array[], seen: Set<number>): void {
  const width = 61;
  const lines = linesPayload(reports);
  for (let row = 0; row < lines.length; row += 9 * width) {
    for (const flags of lines.subarray(row + 8 * width, row + 9 * width)) seen.add(flags);
  }
}
