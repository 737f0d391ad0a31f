import * as Reports from "../../../hw-profiles/interface/reports.ts";
import { averageTime } from "./average.ts";
import { BAD_PIXEL, classify, detected, NO_RETURN, type PixelCodes } from "./classify.ts";
import { correctPixel, darkFactor } from "./correct.ts";
import type { ReferenceFrame, ReferenceRow } from "./frame.ts";
import { matchedFilter } from "./matched-filter.ts";
import { pack16 } from "./pack.ts";
import { decodeParameters, type ReferenceParameters } from "./parameters.ts";
import { leader, probe, sendRawLines, trailer } from "./payloads.ts";
import { ReferenceSender } from "./reports.ts";
import { findReturns } from "./returns/returns.ts";
import { type Fit, fitPixel } from "./scoring.ts";
import { spreadCodes } from "./spread.ts";
import { buildTables, type Tables } from "./tables.ts";

/** The readout logic in plain TypeScript: slow, and equal to the module to the last byte. */
export class ReferenceReadout {
  readonly parameters: ReferenceParameters;
  readonly tables: Tables;
  readonly #sender: ReferenceSender;

  /** `sender` carries the sequence number over from an earlier configuration. */
  constructor(block: Uint8Array, sender = new ReferenceSender()) {
    this.parameters = decodeParameters(block);
    this.tables = buildTables(this.parameters);
    this.#sender = sender;
  }

  /** Codes of one pixel of a row. */
  pixel(row: ReferenceRow, x: number, darkScale: number): PixelCodes {
    if (row.bad[x] !== 0) return BAD_PIXEL;
    const pixel = correctPixel(this.parameters, row.samples, x, row.offset[x]!);
    const start = matchedFilter(this.parameters, this.tables, pixel);
    const { parameters: p, tables } = this;
    const fit = fitPixel(p, tables, pixel, start);
    const finish = (fits: readonly Fit[]): readonly Fit[] =>
      fits.length > 1 || pixel.saturatedGates > 0 ? fits : [averageTime(p, tables, pixel, fits[0]!)];
    const maps = { darkDn16: row.dark[x]!, darkScale, timeCode: row.time?.[x] ?? 0 };
    if (fit === undefined || !detected(p, tables, fit)) return classify(p, tables, pixel, [], maps);
    const isSpread = (p.components & Reports.COMPONENT_SPREAD) !== 0;
    if (p.returns === 1 && !isSpread) return classify(p, tables, pixel, finish([fit]), maps);
    const { fits, spread } = findReturns(p, tables, pixel, fit);
    const codes = classify(p, tables, pixel, finish(fits), maps);
    return isSpread ? { ...codes, spread: spreadCodes(p, spread) } : codes;
  }

  /** Codes of a whole row. */
  line(row: ReferenceRow, darkScale: number): PixelCodes[] {
    return Array.from({ length: this.parameters.width }, (_, x) => this.pixel(row, x, darkScale));
  }

  /** All reports of a frame. */
  frame(frame: ReferenceFrame): readonly Uint8Array[] {
    const darkScale = darkFactor(this.parameters, frame.temperatureMk);
    const flags: number[] = [];
    this.#sender.startFrame(frame.frame);
    this.#sender.send(Reports.KIND_LEADER, leader(this.parameters, frame));
    frame.rows.forEach((row, y) => {
      const codes = this.line(row, darkScale);
      flags.push(...codes.map((code) => code.flags));
      this.#sendRow(row, y, codes, darkScale);
    });
    this.#sender.flush(Reports.KIND_LINES);
    this.#sender.flush(Reports.KIND_RAW);
    this.#sender.send(Reports.KIND_TRAILER, trailer(frame, flags, this.#sender));
    return this.#sender.reports;
  }

  #sendRow(row: ReferenceRow, y: number, codes: readonly PixelCodes[], darkScale: number): void {
    const { components, probeX, probeY, width } = this.parameters;
    const component = (bit: number, bytes: Uint8Array): void => {
      if (components & bit) this.#sender.append(Reports.KIND_LINES, bytes);
    };
    component(Reports.COMPONENT_RANGE, pack16(codes.map((code) => code.range)));
    component(Reports.COMPONENT_SIGMA, pack16(codes.map((code) => code.sigma)));
    component(Reports.COMPONENT_AMPLITUDE, pack16(codes.map((code) => code.amplitude)));
    component(Reports.COMPONENT_AMBIENT, pack16(codes.map((code) => code.ambient)));
    [Reports.COMPONENT_SECOND, Reports.COMPONENT_THIRD].forEach((bit, i) => {
      const further = codes.map((code) => code.further[i] ?? NO_RETURN);
      component(bit, pack16(further.map((code) => code.range)));
      component(bit, pack16(further.map((code) => code.sigma)));
      component(bit, pack16(further.map((code) => code.amplitude)));
    });
    component(Reports.COMPONENT_SPREAD, pack16(codes.map((code) => (code.spread?.root ?? 0) & 0xffff)));
    component(Reports.COMPONENT_SPREAD, pack16(codes.map((code) => code.spread?.sigma ?? 0)));
    component(
      Reports.COMPONENT_FLAGS,
      Uint8Array.from(codes, (code) => code.flags),
    );
    sendRawLines(this.#sender, this.parameters, row.samples, y);
    if (y === probeY && probeX < width)
      this.#sender.send(Reports.KIND_PROBE, probe(this.parameters, row, darkScale));
  }
}
