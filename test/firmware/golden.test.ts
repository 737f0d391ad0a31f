import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { referenceFrame } from "../reference/firmware/reference-frame.ts";
import { decodeGolden, encodeGolden, goldenJson } from "./support/golden.ts";
import { GOLDEN_NAMES } from "./support/golden-cases.ts";
import { TestBoard } from "./support/test-board.ts";

function vectorFile(name: string): Buffer {
  return readFileSync(new URL(`../vectors/${name}`, import.meta.url));
}

describe.each(GOLDEN_NAMES)("golden vector %s", (name) => {
  const file = new Uint8Array(vectorFile(`${name}.bin`));
  const vector = decodeGolden(file);
  const expected = Buffer.concat(vector.reports);

  it("is the same in both files", () => {
    expect(goldenJson(vector)).toBe(vectorFile(`${name}.json`).toString("utf8"));
    expect(Buffer.from(encodeGolden(vector)).equals(file)).toBe(true);
  });

  it.each(["readout.wasm", "readout-scalar.wasm"])("comes out of %s", (module) => {
    const board = new TestBoard(module);
    expect(board.configure(vector.parameterBlock)).toBe(STATUS_OK);
    expect(Buffer.concat(board.runFrame(vector.frame)).equals(expected)).toBe(true);
  });

  it("comes out of the reference", () => {
    const reports = referenceFrame(vector.parameterBlock, vector.frame);
    expect(Buffer.concat(reports).equals(expected)).toBe(true);
  });
});
