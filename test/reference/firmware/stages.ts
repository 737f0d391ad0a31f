import { classify, detected } from "./classify.ts";
import { correctPixel } from "./correct.ts";
import { crc32c } from "./crc32c.ts";
import type { ReferenceRow } from "./frame.ts";
import { matchedFilter } from "./matched-filter.ts";
import { pack12, pack16 } from "./pack.ts";
import { packLossless } from "./pack-lossless.ts";
import { ReferenceReadout } from "./readout.ts";
import { fitPixel } from "./scoring.ts";

/** Names as firmware/stage-bench.ts exports them. */
export type StageName =
  | "bench_correct"
  | "bench_matched_filter"
  | "bench_scoring"
  | "bench_classify"
  | "bench_pack12"
  | "bench_lossless"
  | "bench_pack16"
  | "bench_crc"
  | "bench_line";

/** The reference of every stage as a call over one line, for timing against the module's. */
export function referenceStages(
  block: Uint8Array,
  row: ReferenceRow,
): Readonly<Record<StageName, () => void>> {
  const readout = new ReferenceReadout(block);
  const { parameters: p, tables } = readout;
  const columns = Array.from({ length: p.width }, (_, x) => x);
  const pixels = columns.map((x) => correctPixel(p, row.samples, x, row.offset[x]!));
  const starts = pixels.map((pixel) => matchedFilter(p, tables, pixel));
  const fits = pixels.map((pixel, x) => {
    const fit = fitPixel(p, tables, pixel, starts[x]!);
    return fit === undefined || !detected(p, tables, fit) ? [] : [fit];
  });
  const gateLines = p.gateDelaysNs.map((_, k) => row.samples.subarray(k * p.width, (k + 1) * p.width));
  const bytes = new Uint8Array(row.samples.buffer, row.samples.byteOffset, row.samples.byteLength);
  return {
    bench_correct: () => columns.forEach((x) => void correctPixel(p, row.samples, x, row.offset[x]!)),
    bench_matched_filter: () => pixels.forEach((pixel) => void matchedFilter(p, tables, pixel)),
    bench_scoring: () => pixels.forEach((pixel, x) => void fitPixel(p, tables, pixel, starts[x]!)),
    bench_classify: () =>
      pixels.forEach((pixel, x) => {
        const maps = { darkDn16: row.dark[x]!, darkScale: 1, timeCode: row.time?.[x] ?? 0 };
        classify(p, tables, pixel, fits[x]!, maps);
      }),
    bench_pack12: () => gateLines.forEach((line) => void pack12(line)),
    bench_lossless: () => gateLines.forEach((line, k) => void packLossless(line, gateLines[k - 1])),
    bench_pack16: () => gateLines.forEach((line) => void pack16(line)),
    bench_crc: () => void crc32c(bytes),
    bench_line: () => void readout.line(row, 1),
  };
}
