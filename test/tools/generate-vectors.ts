// Writes test/vectors/frame-16x4.*: a frame of synthetic samples, and what the readout logic must make of it by the slow
// reference. Run with `npx tsx test/tools/generate-vectors.ts` when the contract or the estimator changes on purpose.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { COMPONENT_DEPTH, COMPONENT_RAW } from "../../hw-profiles/interface/reports.ts";
import { decodeReports, encodeRow, type GoldenTwin, joinReports } from "../conformance/golden-frame.ts";
import { encodeParameters, INAS_PARAMETERS } from "../firmware/support/parameter-block.ts";
import { Random } from "../firmware/support/random.ts";
import { randomFrame } from "../firmware/support/random-frames.ts";
import { ReferenceReadout } from "../reference/firmware/readout.ts";

const folder = fileURLToPath(new URL("../vectors", import.meta.url));
const parameters = {
  ...INAS_PARAMETERS,
  width: 16,
  height: 4,
  components: COMPONENT_DEPTH | COMPONENT_RAW,
  probeX: 3,
  probeY: 1,
};
const block = encodeParameters(parameters);
const frame = { ...randomFrame(parameters, new Random(2026)), frame: 7 };
const reports = new ReferenceReadout(block).frame(frame);

const scales = {
  rangeM: parameters.rangeScale,
  amplitudeE: parameters.amplitudeScale,
  ambientE: parameters.ambientScale,
};
const twin: GoldenTwin = {
  about:
    "Rows of 32 gates as the DMA delivers them, and the reports of their frame. See test/tools/generate-vectors.ts.",
  width: parameters.width,
  height: parameters.height,
  gates: parameters.gateDelaysNs.length,
  frame: {
    number: frame.frame,
    temperatureMk: frame.temperatureMk,
    startCycle: String(frame.startCycle),
    endCycle: String(frame.endCycle),
    dropped: frame.dropped,
  },
  scales,
  decoded: decodeReports(reports, scales),
};

const rows = frame.rows.map(encodeRow);
writeFileSync(`${folder}/frame-16x4.parameters.bin`, block);
writeFileSync(`${folder}/frame-16x4.rows.bin`, Buffer.concat(rows));
writeFileSync(`${folder}/frame-16x4.reports.bin`, joinReports(reports));
writeFileSync(`${folder}/frame-16x4.json`, `${JSON.stringify(twin)}\n`);
process.stdout.write(`${folder}/frame-16x4: ${reports.length} reports\n`);
