import { spawnSync } from "node:child_process";
import { decodeLossless } from "../../host/packet/lossless-stream.ts";
import { unpackMono12p } from "../../host/packet/pixel-format.ts";
import * as Blocks from "../../hw-profiles/interface/memory-map.ts";
import { PIXEL_FORMAT_LOSSLESS } from "../../hw-profiles/interface/reports.ts";
import { encodeImagingParameters, SINGLE_PARAMETERS } from "../firmware/support/imaging-parameters.ts";
import { StageModule } from "./native/stage-module.ts";
import type { PackedFrame } from "./packing-frames.ts";

const MONO12_MAX = 4095;
/** Rows that are timed: spread over the frame. */
const ROWS = 40;

/** How a frame is packed: bytes of all its codes, and a run over `samples` of them. */
export interface Packing {
  readonly name: string;
  /** Undefined: the format cannot hold these codes, or the program is not there. */
  readonly bytes: number | undefined;
  readonly samples: number;
  run(): void;
}

/** K x W samples of rows of the frame, as the board's DMA lays them out. */
function rowsOf({ codes, height, planes, width }: PackedFrame): Uint8Array[] {
  const count = Math.min(ROWS, height);
  return Array.from({ length: count }, (_, i) => {
    const y = Math.floor((i * height) / count);
    const samples = new Uint16Array(planes * width);
    for (let k = 0; k < planes; k++) {
      const from = (k * height + y) * width;
      samples.set(codes.subarray(from, from + width), k * width);
    }
    return new Uint8Array(samples.buffer);
  });
}

/** A stage of the module over rows of the frame, each written to its memory first. */
function stageRun(frame: PackedFrame, stage: string): Pick<Packing, "run" | "samples"> {
  const { planes, width } = frame;
  const rows = rowsOf(frame);
  const block = encodeImagingParameters({
    ...SINGLE_PARAMETERS,
    width,
    height: 1,
    reads: planes,
    readMode: planes === 1 ? Blocks.READ_SINGLE : Blocks.READ_RAMP,
    adcBits: 16,
    rawFormat: PIXEL_FORMAT_LOSSLESS,
  });
  const row = {
    samples: new Uint16Array(planes * width),
    offset: new Uint16Array(width),
    dark: new Uint16Array(width),
    bad: new Uint8Array(width),
  };
  const module = new StageModule("stages.wasm", block, row);
  const call = module.stage(stage);
  const target = module.memory;
  const at = module.word(Blocks.LAYOUT_BLOCK + Blocks.LAYOUT_SAMPLES);
  const run = () => {
    for (const bytes of rows) {
      target.set(bytes, at);
      call();
    }
  };
  return { samples: rows.length * planes * width, run };
}

const ZSTD = ["-3", "--single-thread", "-q", "-c"];

/** Bytes that zstd makes of these; undefined when there is no such program. */
function zstd(input: Uint8Array): number | undefined {
  const { error, status, stdout } = spawnSync("zstd", ZSTD, { input, maxBuffer: 2 ** 30 });
  return error === undefined && status === 0 ? stdout.length : undefined;
}

/** What the device can send, what a general compressor makes of the codes, and the host's part. */
export function packingsOf(frame: PackedFrame): Packing[] {
  const { codes, stream } = frame;
  const plain = new Uint8Array(codes.buffer);
  const fits12 = codes.every((code) => code <= MONO12_MAX);
  const packed = new Uint8Array(Math.ceil(codes.length * 1.5));
  const restored = new Uint16Array(codes.length);
  const shape = { ...frame, gates: frame.planes };
  const whole = { samples: codes.length };
  return [
    { name: "Mono12p", bytes: fits12 ? packed.length : undefined, ...stageRun(frame, "bench_pack12") },
    { name: "lossless", bytes: stream.length, ...stageRun(frame, "bench_lossless") },
    { name: "zstd -3", bytes: zstd(plain), ...whole, run: () => void zstd(plain) },
    { name: "zstd start", bytes: undefined, samples: 1, run: () => void zstd(new Uint8Array(0)) },
    {
      name: "host Mono12p",
      bytes: undefined,
      ...whole,
      run: () => unpackMono12p(packed, 0, restored, 0, codes.length),
    },
    {
      name: "host lossless",
      bytes: undefined,
      ...whole,
      run: () => void decodeLossless(stream, stream.length, [], shape),
    },
  ];
}
