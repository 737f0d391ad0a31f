import { KIND_RAW } from "../../hw-profiles/interface/reports.ts";
import { readReport } from "../firmware/support/report-reader.ts";
import { packLossless } from "../reference/firmware/pack-lossless.ts";
import { ReferenceSender } from "../reference/firmware/reports.ts";

/** The packed lines of a row of K x W samples, by the slow reference. */
export function packedLines(samples: Uint16Array, width: number): Uint8Array[] {
  const line = (gate: number) => samples.subarray(gate * width, (gate + 1) * width);
  return Array.from({ length: samples.length / width }, (_, gate) =>
    packLossless(line(gate), gate === 0 ? undefined : line(gate - 1)),
  );
}

/** The payloads of the raw reports that rows of samples travel in. */
export function packedReports(rows: readonly Uint16Array[], width: number): Uint8Array[] {
  const sender = new ReferenceSender();
  sender.startFrame(0);
  let number = 0;
  for (const row of rows) for (const line of packedLines(row, width)) sender.append(KIND_RAW, line, number++);
  sender.flush(KIND_RAW);
  return sender.reports.map((report) => readReport(report).payload);
}

/** Rows of K x W samples as planes: K x H x W. */
export function planesOf(rows: readonly Uint16Array[], width: number): Uint16Array {
  const height = rows.length;
  const planes = new Uint16Array(rows.reduce((sum, row) => sum + row.length, 0));
  rows.forEach((row, y) => {
    for (let from = 0; from < row.length; from += width)
      planes.set(row.subarray(from, from + width), from * height + y * width);
  });
  return planes;
}
