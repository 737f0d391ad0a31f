import { describe, expect, it } from "vitest";
import * as Blocks from "../../hw-profiles/interface/memory-map.ts";
import { STATUS_NO_MEMORY, STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { referenceStages } from "../reference/firmware/stages.ts";
import { encodeParameters, INAS_PARAMETERS } from "./support/parameter-block.ts";
import { Random } from "./support/random.ts";
import { randomRow } from "./support/random-frames.ts";
import { moduleBytes } from "./support/test-board.ts";

type Stage = () => number | undefined;

function benchModule(name: string): {
  readonly memory: WebAssembly.Memory;
  readonly call: (stage: string) => number;
} {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes(name)), {});
  return {
    memory: exports["memory"] as WebAssembly.Memory,
    call: (stage) => Number((exports[stage] as Stage)() ?? 0),
  };
}

const PARAMETERS = { ...INAS_PARAMETERS, width: 320, height: 1 };

describe.each(["stages.wasm", "stages-scalar.wasm"])("%s", (name) => {
  it("runs every stage that the reference has, and fits the pixels of the line", () => {
    const { memory, call } = benchModule(name);
    const bytes = new Uint8Array(memory.buffer);
    const block = encodeParameters(PARAMETERS);
    bytes.set(block, Blocks.PARAM_BLOCK);
    expect(call("bench_configure")).toBe(STATUS_OK);
    const row = randomRow(PARAMETERS, new Random(80));
    const samples = new DataView(memory.buffer).getUint32(Blocks.LAYOUT_BLOCK + Blocks.LAYOUT_SAMPLES, true);
    bytes.set(new Uint8Array(row.samples.buffer), samples);
    expect(call("bench_prepare")).toBe(STATUS_OK);
    expect(call("bench_scoring")).toBeGreaterThan(100);
    const stages = referenceStages(block, row);
    for (const stage of Object.keys(stages)) call(stage);
    for (const run of Object.values(stages)) run();
  });

  it("refuses a line that is too long to time stage by stage", () => {
    const { memory, call } = benchModule(name);
    new Uint8Array(memory.buffer).set(encodeParameters({ ...PARAMETERS, width: 900 }), Blocks.PARAM_BLOCK);
    expect(call("bench_configure")).toBe(STATUS_OK);
    expect(call("bench_prepare")).toBe(STATUS_NO_MEMORY);
  });
});
