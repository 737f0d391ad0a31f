// One frame through everything that must agree on it: slow reference, both builds, the emulated board, the host.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { REPORT_BYTES } from "../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { FirmwareHost } from "../../sim/board/firmware-host.ts";
import { LineDma } from "../../sim/board/line-dma.ts";
import { ReferenceReadout } from "../reference/firmware/readout.ts";
import {
  decodeReports,
  decodeRows,
  frameStart,
  type GoldenTwin,
  joinReports,
  splitReports,
} from "./golden-frame.ts";
import { READOUT_MODULES, type ReadoutModule, readModule } from "./readout-module.ts";

function vector(ending: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../vectors/frame-16x4.${ending}`, import.meta.url)));
}

const twin = JSON.parse(new TextDecoder().decode(vector("json"))) as GoldenTwin;
const parameters = vector("parameters.bin");
const expected = vector("reports.bin");
const rows = decodeRows(vector("rows.bin"), twin.width, twin.gates);

/** Index of the first byte that differs, -1 when all are equal. */
function firstDifference(found: Uint8Array): number {
  if (found.length !== expected.length) return Math.min(found.length, expected.length);
  return found.findIndex((byte, i) => byte !== expected[i]);
}

/** Gate planes and maps of the whole frame, as the frame store and the calibration memory hold them. */
function frameStore() {
  const pixels = twin.width * twin.height;
  const planes = new Uint16Array(twin.gates * pixels);
  rows.forEach((row, y) => {
    for (let gate = 0; gate < twin.gates; gate++) {
      const line = row.samples.subarray(gate * twin.width, (gate + 1) * twin.width);
      planes.set(line, gate * pixels + y * twin.width);
    }
  });
  const maps = {
    offsetDn16: Uint16Array.from(rows.flatMap((row) => [...row.offset])),
    darkDn16: Uint16Array.from(rows.flatMap((row) => [...row.dark])),
    bad: Uint8Array.from(rows.flatMap((row) => [...row.bad])),
  };
  return { widthPx: twin.width, gates: twin.gates, planes, maps };
}

function runOnBoard(name: ReadoutModule): Uint8Array {
  const firmware = new FirmwareHost(readModule(name), name);
  expect(firmware.configure(parameters)).toBe(STATUS_OK);
  const dma = new LineDma(frameStore(), firmware.layout(), firmware.memory);
  const reports: Uint8Array[] = [];
  const load = (row: number) => dma.load(row);
  const take = (report: Uint8Array) => void reports.push(report);
  const status = firmware.runFrame(frameStart(twin), twin.height, twin.decoded.reports, load, take);
  expect(status).toBe(STATUS_OK);
  return joinReports(reports);
}

describe("golden frame", () => {
  it("holds whole reports and rows", () => {
    expect(expected.length % REPORT_BYTES).toBe(0);
    expect(rows.length).toBe(twin.height);
  });

  it("comes out of the slow reference", () => {
    const reports = new ReferenceReadout(parameters).frame({ ...frameStart(twin), rows });
    expect(firstDifference(joinReports(reports))).toBe(-1);
  });

  it.each(READOUT_MODULES)("comes out of %s on the emulated board", (name) => {
    expect(firstDifference(runOnBoard(name))).toBe(-1);
  });

  it("is read by the host as its twin says", () => {
    expect(decodeReports(splitReports(expected), twin.scales)).toEqual(twin.decoded);
  });
});
