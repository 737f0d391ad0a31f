import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Blocks from "../../hw-profiles/interface/memory-map.ts";
import * as Status from "../../hw-profiles/interface/status.ts";
import { decodeParameters } from "../reference/firmware/parameters.ts";
import { referenceFrame } from "../reference/firmware/reference-frame.ts";
import {
  CDS_PARAMETERS,
  encodeImagingParameters,
  type ImagingParameters,
  RAMP_PARAMETERS,
  SINGLE_PARAMETERS,
} from "./support/imaging-parameters.ts";
import {
  encodeParameters,
  INAS_PARAMETERS,
  type Parameters,
  sealParameterBlock,
} from "./support/parameter-block.ts";
import { Random } from "./support/random.ts";
import { randomFrame } from "./support/random-frames.ts";
import { randomImage, randomImagingParameters } from "./support/random-images.ts";
import { randomParameters } from "./support/random-parameters.ts";
import { TestBoard } from "./support/test-board.ts";

const REFUSALS = [
  Status.STATUS_LIMIT,
  Status.STATUS_BAD_PARAMETER,
  Status.STATUS_NO_MEMORY,
  Status.STATUS_BAD_MAGIC,
  Status.STATUS_BAD_ABI,
  Status.STATUS_BAD_CRC,
];

function refusal(block: Uint8Array): { readonly status: number; readonly detail: number } {
  const board = new TestBoard("readout.wasm");
  return { status: board.configure(block), detail: board.status(Blocks.STATUS_DETAIL) };
}

function withParameters(change: Partial<Parameters>): Uint8Array {
  return encodeParameters({ ...INAS_PARAMETERS, ...change });
}

describe("a parameter block is refused with status and offset", () => {
  it.each([
    ["magic", Blocks.PARAM_MAGIC, Status.STATUS_BAD_MAGIC],
    ["ABI version", Blocks.PARAM_ABI, Status.STATUS_BAD_ABI],
    ["length", Blocks.PARAM_LENGTH, Status.STATUS_BAD_CRC],
    ["CRC", Blocks.PARAM_CRC, Status.STATUS_BAD_CRC],
  ])("%s", (_, offset, status) => {
    const block = withParameters({});
    block[offset]! ^= 0x40;
    expect(refusal(block)).toEqual({ status, detail: offset });
  });

  it("a single flipped bit anywhere in the parameters", () => {
    for (let byte = Blocks.PARAM_WIDTH; byte < Blocks.PARAM_BYTES; byte += 7) {
      const block = withParameters({});
      block[byte]! ^= 1 << (byte & 7);
      expect(refusal(block)).toEqual({ status: Status.STATUS_BAD_CRC, detail: Blocks.PARAM_CRC });
    }
  });

  const gates = (count: number): Partial<Parameters> => ({
    gateDelaysNs: Array.from({ length: count }, (_, k) => k),
    gateWidthsNs: Array.from({ length: count }, () => 15),
  });
  it.each<[string, Partial<Parameters>, number, number]>([
    ["no columns", { width: 0 }, Status.STATUS_LIMIT, Blocks.PARAM_WIDTH],
    ["too many columns", { width: 1281 }, Status.STATUS_LIMIT, Blocks.PARAM_WIDTH],
    ["too many rows", { height: 1025 }, Status.STATUS_LIMIT, Blocks.PARAM_HEIGHT],
    ["too few gates", gates(3), Status.STATUS_LIMIT, Blocks.PARAM_GATES],
    ["too many gates", gates(65), Status.STATUS_LIMIT, Blocks.PARAM_GATES],
    ["17 bits", { adcBits: 17 }, Status.STATUS_BAD_PARAMETER, Blocks.PARAM_ADC_BITS],
    ["unknown gating", { gating: 2 }, Status.STATUS_BAD_PARAMETER, Blocks.PARAM_GATING],
    ["no pulse", { pulsesPerGate: 0 }, Status.STATUS_BAD_PARAMETER, Blocks.PARAM_PULSES_PER_GATE],
    ["nothing to send", { components: 0 }, Status.STATUS_BAD_PARAMETER, Blocks.PARAM_COMPONENTS],
    ["unknown component", { components: 0x40 }, Status.STATUS_BAD_PARAMETER, Blocks.PARAM_COMPONENTS],
    ["12-bit packing of 14 bits", { adcBits: 14 }, Status.STATUS_BAD_PARAMETER, Blocks.PARAM_RAW_FORMAT],
    [
      "saturation above the ADC",
      { saturationDn: 4096 },
      Status.STATUS_BAD_PARAMETER,
      Blocks.PARAM_SATURATION_DN,
    ],
    ["NaN tau", { responseTauNs: Number.NaN }, Status.STATUS_BAD_PARAMETER, Blocks.PARAM_RESPONSE_TAU_NS],
    ["infinite pulse", { pulseWidthNs: Infinity }, Status.STATUS_BAD_PARAMETER, Blocks.PARAM_PULSE_WIDTH_NS],
    [
      "pulse as long as the period",
      { pulseWidthNs: 1000 },
      Status.STATUS_BAD_PARAMETER,
      Blocks.PARAM_PULSE_WIDTH_NS,
    ],
    ["negative gain", { gainEPerDn: -50 }, Status.STATUS_BAD_PARAMETER, Blocks.PARAM_GAIN_E_PER_DN],
    ["tail over 1", { tailFraction: 1.5 }, Status.STATUS_BAD_PARAMETER, Blocks.PARAM_TAIL_FRACTION],
    ["gate always open", { extinction: 1 }, Status.STATUS_BAD_PARAMETER, Blocks.PARAM_EXTINCTION],
    [
      "a window before the pulse is over",
      { t0MaxNs: 950 },
      Status.STATUS_BAD_PARAMETER,
      Blocks.PARAM_GATE_DELAYS_NS,
    ],
    [
      "the last gate in the next period",
      { gateWidthsNs: INAS_PARAMETERS.gateWidthsNs.map((width, k) => (k === 31 ? 820 : width)) },
      Status.STATUS_BAD_PARAMETER,
      Blocks.PARAM_GATE_DELAYS_NS + 4 * 31,
    ],
    ["empty window", { t0MaxNs: -2 }, Status.STATUS_BAD_PARAMETER, Blocks.PARAM_T0_MAX_NS],
    ["zero range scale", { rangeScale: 0 }, Status.STATUS_BAD_PARAMETER, Blocks.PARAM_RANGE_SCALE],
    [
      "a negative width of gate 1",
      { gateWidthsNs: INAS_PARAMETERS.gateWidthsNs.map((w, k) => (k === 1 ? -w : w)) },
      Status.STATUS_BAD_PARAMETER,
      Blocks.PARAM_GATE_WIDTHS_NS + 4,
    ],
    ["more than the memory holds", { ...gates(64), width: 1280 }, Status.STATUS_NO_MEMORY, 0],
  ])("%s", (_, change, status, detail) => {
    expect(refusal(withParameters(change))).toEqual({ status, detail });
  });
});

describe("imaging parameters are refused with status and offset", () => {
  const bad = Status.STATUS_BAD_PARAMETER;
  const ramp: Partial<ImagingParameters> = { readMode: Blocks.READ_RAMP, reads: 8 };
  it.each<[string, Partial<ImagingParameters>, number, number]>([
    ["no read", { reads: 0 }, Status.STATUS_LIMIT, Blocks.PARAM_GATES],
    ["65 reads", { ...ramp, reads: 65 }, Status.STATUS_LIMIT, Blocks.PARAM_GATES],
    ["two reads of a single read", { reads: 2 }, bad, Blocks.PARAM_GATES],
    ["three reads of CDS", { readMode: Blocks.READ_CDS, reads: 3 }, bad, Blocks.PARAM_GATES],
    ["a ramp of one read", { ...ramp, reads: 1 }, bad, Blocks.PARAM_GATES],
    ["unknown read mode", { readMode: 3 }, bad, Blocks.PARAM_READ_MODE],
    ["ranges", { components: 0x01 }, bad, Blocks.PARAM_COMPONENTS],
    ["ranges beside intensity", { components: 0x41 }, bad, Blocks.PARAM_COMPONENTS],
    ["nothing to send", { components: 0 }, bad, Blocks.PARAM_COMPONENTS],
    ["unknown correction", { corrections: 0x10 }, bad, Blocks.PARAM_CORRECTIONS],
    ["offset beyond a code", { intensityOffset: 65536 }, bad, Blocks.PARAM_INTENSITY_OFFSET],
    ["zero intensity scale", { intensityScale: 0 }, bad, Blocks.PARAM_INTENSITY_SCALE],
    ["NaN intensity scale", { intensityScale: Number.NaN }, bad, Blocks.PARAM_INTENSITY_SCALE],
    ["zero sigma scale", { sigmaScale: 0 }, bad, Blocks.PARAM_SIGMA_SCALE],
    ["a jump threshold within noise", { jumpChi2: 0.5 }, bad, Blocks.PARAM_JUMP_CHI2],
    ["region out of range", { offsetX: 65536 }, bad, Blocks.PARAM_OFFSET_X],
    ["region out of range", { offsetY: 65536 }, bad, Blocks.PARAM_OFFSET_Y],
    ["no vertical binning", { binning: 0x0001 }, bad, Blocks.PARAM_BINNING],
    ["no horizontal decimation", { decimation: 0x0100 }, bad, Blocks.PARAM_DECIMATION],
    ["decimation in three directions", { decimation: 0x010101 }, bad, Blocks.PARAM_DECIMATION],
    ["negative flicker", { flickerRatio: -1 }, bad, Blocks.PARAM_FLICKER_RATIO],
    ["flicker that is no number", { flickerRatio: Number.NaN }, bad, Blocks.PARAM_FLICKER_RATIO],
    ["response that is no number", { linear: [Number.NaN, 0, 0] }, bad, Blocks.PARAM_LINEAR_1],
    ["response beyond 4 code ranges", { linear: [1, 4.1 / 4096, 0] }, bad, Blocks.PARAM_LINEAR_2],
    ["response beyond 4 code ranges", { linear: [1, 0, -4.1 / 4096 ** 2] }, bad, Blocks.PARAM_LINEAR_3],
    ["shot noise below that of charge", { shotBend: -1e-9 }, bad, Blocks.PARAM_SHOT_BEND],
    ["shot noise beyond 4 times", { shotBend: 4.1 / 4096 }, bad, Blocks.PARAM_SHOT_BEND],
    ["gain of nothing", { gainEPerDn: 0 }, bad, Blocks.PARAM_GAIN_E_PER_DN],
    ["negative dark exposure", { darkExposureScale: -1 }, bad, Blocks.PARAM_DARK_EXPOSURE_SCALE],
    ["more than the memory holds", { ...ramp, width: 1280, reads: 64 }, Status.STATUS_NO_MEMORY, 0],
  ])("%s", (_, change, status, detail) => {
    expect(refusal(encodeImagingParameters({ ...SINGLE_PARAMETERS, ...change }))).toEqual({ status, detail });
  });

  it("unknown mode", () => {
    const block = encodeImagingParameters(SINGLE_PARAMETERS);
    new DataView(block.buffer).setUint32(Blocks.PARAM_MODE, 2, true);
    sealParameterBlock(block);
    expect(refusal(block)).toEqual({ status: bad, detail: Blocks.PARAM_MODE });
  });

  it.each([
    ["single", SINGLE_PARAMETERS],
    ["CDS", CDS_PARAMETERS],
    ["ramp of 16", { ...RAMP_PARAMETERS, reads: 16 }],
    ["ramp of 32", { ...RAMP_PARAMETERS, reads: 32 }],
  ])("not %s at 1280 x 1024", (_, p) => {
    const block = encodeImagingParameters({ ...p, width: 1280, height: 1024 });
    expect(refusal(block)).toEqual({ status: Status.STATUS_OK, detail: 0 });
  });
});

/** Any 32-bit word in any place of a valid block, CRC repaired: the module decides, and never traps. */
describe("any parameter block is refused or works", () => {
  const words = fc.oneof(
    fc.nat(0xffff),
    fc.integer({ min: 0, max: 0xffffffff }),
    fc.float().map((value) => new Uint32Array(new Float32Array([value]).buffer)[0]!),
    fc.constantFrom(0, 0x7f800000, 0xff800000, 0x7fc00000, 0x80000000, 1, 0x7f7fffff, 0x3f800000),
  );
  const changes = fc.array(fc.tuple(fc.integer({ min: 4, max: Blocks.PARAM_BYTES / 4 - 1 }), words), {
    minLength: 1,
    maxLength: 3,
  });

  function mutated(seed: number, edits: readonly (readonly [number, number])[]): Uint8Array {
    const random = new Random(seed);
    const block =
      seed % 2 === 0
        ? encodeParameters(randomParameters(random, 2))
        : encodeImagingParameters(randomImagingParameters(random, 2));
    const view = new DataView(block.buffer);
    for (const [word, value] of edits) view.setUint32(4 * word, value, true);
    sealParameterBlock(block);
    return block;
  }

  it("with the same status in both builds, and then the reference's bytes", () => {
    let worked = 0;
    fc.assert(
      fc.property(fc.nat(1000), changes, (seed, edits) => {
        const block = mutated(seed, edits);
        const boards = ["readout.wasm", "readout-scalar.wasm"].map((name) => new TestBoard(name));
        const [status, scalar] = boards.map((board) => board.configure(block));
        expect(scalar).toBe(status);
        if (status !== Status.STATUS_OK) {
          expect(REFUSALS).toContain(status);
          return;
        }
        const parameters = decodeParameters(block);
        if (parameters.width > 100 || parameters.height > 2) return;
        worked++;
        const random = new Random(seed);
        const image = { ...randomImagingParameters(random, 2), ...parameters, reads: parameters.gates };
        const frame =
          parameters.mode === Blocks.MODE_IMAGING
            ? randomImage(image, random)
            : randomFrame({ ...randomParameters(random, 2), ...parameters }, random);
        const expected = referenceFrame(block, frame);
        for (const board of boards)
          expect(Buffer.concat(board.runFrame(frame)).equals(Buffer.concat(expected))).toBe(true);
      }),
      { numRuns: 600, seed: 7 },
    );
    expect(worked).toBeGreaterThan(100);
  });
});
