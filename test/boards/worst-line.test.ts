import { describe, expect, it } from "vitest";
import { READ_RAMP } from "../../hw-profiles/interface/memory-map.ts";
import { COMPONENT_IMAGING, COMPONENT_LIDAR } from "../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { encodeImagingParameters, RAMP_PARAMETERS } from "../firmware/support/imaging-parameters.ts";
import { encodeParameters, INAS_PARAMETERS } from "../firmware/support/parameter-block.ts";
import { Random } from "../firmware/support/random.ts";
import { randomRow } from "../firmware/support/random-frames.ts";
import { randomImageRow } from "../firmware/support/random-images.ts";
import { moduleBytes } from "../firmware/support/test-board.ts";
import type { ReferenceRow } from "../reference/firmware/frame.ts";
import { boardTools } from "./support/board-tools.ts";
import { buildElf } from "./support/elf.ts";
import { runElf } from "./support/emulator.ts";
import { INSTRUCTIONS_PER_TICK } from "./support/stage-counts.ts";
import { configure, Transcript, writeFrameBlock, writeRow } from "./support/transcript.ts";

const WIDTH = 16;
const ROWS = 200;

/** Instructions a pixel of the costliest of lines of every kind of data: returns, noise, zeros, impossible codes. */
function worstLine(module: string, block: Uint8Array, row: () => ReferenceRow): number {
  const wasm = moduleBytes(module);
  const transcript = new Transcript(wasm);
  expect(configure(transcript, block)).toBe(STATUS_OK);
  writeFrameBlock(transcript, { frame: 1, temperatureMk: 300_000, startCycle: 0n, endCycle: 1n, dropped: 0 });
  transcript.call("begin_frame");
  const ticksAt: number[] = [];
  for (let y = 0; y < ROWS; y++) {
    writeRow(transcript, row());
    ticksAt.push(transcript.answerBytes);
    transcript.count("process_line", y, 1);
  }
  const { output } = runElf(buildElf({ wasm, exact: true }), transcript.input, true);
  const view = new DataView(output.buffer, output.byteOffset);
  const ticks = ticksAt.map((at) => view.getUint32(at, true));
  return (Math.max(...ticks) * INSTRUCTIONS_PER_TICK) / WIDTH;
}

describe.skipIf(!boardTools())("the work of a line is bounded, whatever its data", () => {
  it.each([
    [1, INAS_PARAMETERS.responseTauNs, 150_000],
    [1, 2, 150_000],
    [3, INAS_PARAMETERS.responseTauNs, 550_000],
  ])(
    "time of flight, 32 gates, %i returns, tau %f ns: at most %i instructions a pixel",
    (returns, responseTauNs, most) => {
      const p = {
        ...INAS_PARAMETERS,
        width: WIDTH,
        height: ROWS,
        components: COMPONENT_LIDAR,
        returns,
        responseTauNs,
      };
      const random = new Random(95);
      const worst = worstLine("readout-scalar-lidar.wasm", encodeParameters(p), () => randomRow(p, random));
      expect(worst).toBeLessThan(most);
    },
  );

  it("ramps of 8 reads with jumps: at most 4000 instructions a pixel", () => {
    const p = {
      ...RAMP_PARAMETERS,
      readMode: READ_RAMP,
      components: COMPONENT_IMAGING,
      width: WIDTH,
      height: ROWS,
    };
    const random = new Random(96);
    const worst = worstLine("readout-scalar-imaging.wasm", encodeImagingParameters(p), () =>
      randomImageRow(p, random),
    );
    expect(worst).toBeLessThan(4000);
  });
});
