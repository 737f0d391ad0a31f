import { type Packing, packingsOf } from "./packing-cases.ts";
import { type PackedFrame, packedFrames } from "./packing-frames.ts";

/** Time of a slice: a frame through zstd takes about as long. */
const SLICE_MS = 20;

/** Bytes and times of one way to pack a frame. */
export interface PackingTimes {
  readonly name: string;
  readonly bytesPerSample: number | undefined;
  /** Median of the rounds; of zstd without the start of its process. */
  readonly nsPerSample: number;
}

export interface PackingResult {
  readonly frame: string;
  readonly scene: string;
  readonly ways: readonly PackingTimes[];
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

function timed({ run }: Packing, count: number): number {
  const start = performance.now();
  for (let i = 0; i < count; i++) run();
  return ((performance.now() - start) * 1e6) / count;
}

/** Ways in turn, A B C A B C ..., so that all meet the same machine. */
function frameTimes(frame: PackedFrame, rounds: number): PackingResult {
  const ways = packingsOf(frame);
  for (const way of ways) timed(way, 2);
  const counts = ways.map((way) => Math.max(1, Math.round((SLICE_MS * 1e6) / timed(way, 1))));
  const times = ways.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, way] of ways.entries()) times[i]!.push(timed(way, counts[i]!));
  }
  const startNs = median(times[ways.findIndex(({ name }) => name === "zstd start")]!);
  const { codes, device, height, planes, scene, width } = frame;
  return {
    frame: `${device}, ${width} x ${height} x ${planes}`,
    scene,
    ways: ways
      .map(({ bytes, name, samples }, i) => ({
        name,
        bytesPerSample: bytes === undefined ? undefined : bytes / codes.length,
        nsPerSample: (median(times[i]!) - (name === "zstd -3" ? startNs : 0)) / samples,
      }))
      .filter(({ name }) => name !== "zstd start"),
  };
}

/** Every way to send the raw codes of frames of a real scan; the codes are proven equal on the way. */
export async function packingTimes(rounds: number): Promise<PackingResult[]> {
  return (await packedFrames()).map((frame) => frameTimes(frame, rounds));
}

/** A line a frame and way. */
export function formatPacking(results: readonly PackingResult[]): string {
  const lines = results.flatMap(({ frame, scene, ways }) => {
    const base = ways.find(({ name }) => name === "lossless")!.nsPerSample;
    return [
      `${frame}, ${scene}: every code equal after packing`,
      ...ways.map(({ bytesPerSample, name, nsPerSample }) => {
        const bytes = bytesPerSample === undefined ? "" : `${bytesPerSample.toFixed(3)} bytes`;
        const ratio = `${(nsPerSample / base).toFixed(2)} x lossless`;
        return `  ${name.padEnd(14)}${bytes.padStart(12)}${nsPerSample.toFixed(3).padStart(9)} ns a sample  ${ratio}`;
      }),
    ];
  });
  return [
    ...lines,
    "Mono16 takes 2 bytes a sample. A way without bytes is the host's, or cannot hold the codes.",
  ].join("\n");
}
