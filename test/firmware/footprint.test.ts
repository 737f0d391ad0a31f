import { describe, expect, it } from "vitest";
import { ABI_VERSION } from "../../hw-profiles/interface/abi.ts";
import * as Blocks from "../../hw-profiles/interface/memory-map.ts";
import { STATUS_BAD_PARAMETER, STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { buildGolden, GOLDEN_NAMES } from "./support/golden-cases.ts";
import { encodeImagingParameters, RAMP_PARAMETERS, SINGLE_PARAMETERS } from "./support/imaging-parameters.ts";
import { encodeParameters, INAS_PARAMETERS } from "./support/parameter-block.ts";
import { moduleBytes, TestBoard } from "./support/test-board.ts";

const LIDAR = "readout-scalar-lidar.wasm";
const IMAGING = "readout-scalar-imaging.wasm";
const SIMD_BYTES = 24 * 1024;
const SCALAR_BYTES = 16 * 1024;

describe("footprint", () => {
  it.each([
    ["readout.wasm", SIMD_BYTES],
    [LIDAR, SCALAR_BYTES],
    [IMAGING, SCALAR_BYTES],
  ])("%s takes %i bytes at most", (name, most) => {
    expect(moduleBytes(name).length).toBeLessThanOrEqual(most);
  });

  const { gateDelaysNs } = INAS_PARAMETERS;
  it.each(["readout.wasm", LIDAR])("%s: 320 columns of 32 gates in 64 KiB, 1280 in 192 KiB", (name) => {
    expect(gateDelaysNs.length).toBe(32);
    for (const [width, most] of [
      [320, 64 * 1024],
      [1280, 192 * 1024],
    ] as const) {
      const board = new TestBoard(name);
      expect(board.configure(encodeParameters({ ...INAS_PARAMETERS, width }))).toBe(STATUS_OK);
      expect(board.layout(Blocks.LAYOUT_USED_BYTES)).toBeLessThanOrEqual(most);
    }
  });

  it.each(["readout.wasm", IMAGING])("%s: 320 columns of 16 reads in 64 KiB, 1280 in 192 KiB", (name) => {
    for (const [width, most] of [
      [320, 64 * 1024],
      [1280, 192 * 1024],
    ] as const) {
      const board = new TestBoard(name);
      const block = encodeImagingParameters({ ...RAMP_PARAMETERS, reads: 16, width });
      expect(board.configure(block)).toBe(STATUS_OK);
      expect(board.layout(Blocks.LAYOUT_USED_BYTES)).toBeLessThanOrEqual(most);
    }
  });
});

describe("modules of one mode", () => {
  it.each(GOLDEN_NAMES)("give the bytes of the module of both modes: %s", (name) => {
    const { parameterBlock, frame } = buildGolden(name);
    const [expected, reports] = ["readout-scalar.wasm", name.includes("imaging") ? IMAGING : LIDAR].map(
      (module) => {
        const board = new TestBoard(module);
        expect(board.configure(parameterBlock)).toBe(STATUS_OK);
        return Buffer.concat(board.runFrame(frame));
      },
    );
    expect(reports!.equals(expected!)).toBe(true);
  });

  it.each([
    [LIDAR, encodeImagingParameters(SINGLE_PARAMETERS)],
    [IMAGING, encodeParameters(INAS_PARAMETERS)],
  ])("%s refuses the other mode", (name, block) => {
    const board = new TestBoard(name);
    expect(board.exports.abi_version()).toBe(ABI_VERSION);
    expect(board.configure(block)).toBe(STATUS_BAD_PARAMETER);
    expect(board.status(Blocks.STATUS_DETAIL)).toBe(Blocks.PARAM_MODE);
  });
});
