// Lays the buffers out above the static data, for the width and gate count of the parameter block.
import { MEMORY_PAGES } from "../hw-profiles/interface/abi.ts";
import { REPORT_BYTES } from "../hw-profiles/interface/reports.ts";
import { setup } from "./setup.ts";
import { CRC_TABLE_BYTES } from "./stages/crc32c.ts";
import { layoutBlock, parameters } from "./views.ts";

const PAGE_BYTES: usize = 65536;
const ALIGNMENT: usize = 16;
/** Vector loads at the right end of a line, and 16-byte stores of packed samples, may run this far over. */
const OVERRUN_BYTES: usize = 16;
/** Reports that the board can take at once. */
const REPORT_CAPACITY: u32 = 6;
/** Steps of the matched filter and of the response tables. */
const TEMPLATE_STEP_NS: f64 = 6.25;
const NODE_STEP_NS: f64 = 3.125;
/** A window with more nodes than this cannot fit in any case. */
const NODES_MAX: f64 = 4096;

let cursor: usize = 0;

function take(bytes: usize): usize {
  const address = cursor;
  cursor = (cursor + bytes + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  return address;
}

/** Address of the CRC tables: they come first, because the check of the parameter block needs them. */
export function crcTables(): usize {
  return (__heap_base + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}

function takeLines(width: usize, gates: usize): void {
  setup.samples = take(width * gates * 2 + OVERRUN_BYTES);
  setup.offsetMap = take(width * 2 + OVERRUN_BYTES);
  setup.darkMap = take(width * 2 + OVERRUN_BYTES);
  setup.badMap = take(width + OVERRUN_BYTES);
  setup.rangeLine = take(width * 2);
  setup.sigmaLine = take(width * 2);
  setup.amplitudeLine = take(width * 2);
  setup.ambientLine = take(width * 2);
  setup.flagsLine = take(width);
  setup.packedLine = take(width * 2 + OVERRUN_BYTES);
}

function takeTables(padded: usize): void {
  setup.templates = take(usize(setup.templateCount + 1) * padded * 2);
  setup.templateScales = take(setup.templateCount * 8);
  setup.nodes = take(usize(setup.nodeCount) * padded * 8);
}

function takeScratch(padded: usize): void {
  setup.codes = take(padded * 16);
  setup.saturatedGates = take(16);
  setup.pairs = take(padded * 16);
  setup.correlations = take((setup.templateCount + 1) * 32);
  setup.electrons = take(padded * 32);
  setup.sums = take(48);
  setup.laneSums = take(160);
  setup.bestTemplates = take(32);
  setup.openLines = take(REPORT_BYTES);
  setup.openRaw = take(REPORT_BYTES);
  setup.reports = take(REPORT_CAPACITY * REPORT_BYTES);
}

/** Number of equal steps, none longer than stepNs, over spanNs. */
function stepCount(spanNs: f64, stepNs: f64): f64 {
  return Math.ceil(spanNs / stepNs);
}

/** Fills setup's sizes and addresses. False when they do not fit in the module's memory. */
export function layOut(): bool {
  const span = f64(parameters.t0MaxNs) - f64(parameters.t0MinNs);
  const nodeSteps = stepCount(span, NODE_STEP_NS);
  const templateSteps = stepCount(span, TEMPLATE_STEP_NS);
  if (nodeSteps > NODES_MAX) return false;
  setup.nodeCount = u32(nodeSteps) + 1;
  setup.templateCount = u32(templateSteps) + 1;
  setup.nodeStepNs = span / nodeSteps;
  setup.templateStepNs = span / templateSteps;
  setup.width = parameters.width;
  setup.height = parameters.height;
  setup.gates = parameters.gates;
  setup.paddedGates = (parameters.gates + 3) & ~3;
  setup.reportCapacity = REPORT_CAPACITY;
  cursor = crcTables();
  take(CRC_TABLE_BYTES);
  takeLines(setup.width, setup.gates);
  takeTables(setup.paddedGates);
  takeScratch(setup.paddedGates);
  setup.usedBytes = cursor;
  return cursor <= usize(MEMORY_PAGES) * PAGE_BYTES;
}

/** Tells the board where to put lines and maps and where to take reports. */
export function publishLayout(): void {
  layoutBlock.samples = u32(setup.samples);
  layoutBlock.offsetMap = u32(setup.offsetMap);
  layoutBlock.darkMap = u32(setup.darkMap);
  layoutBlock.badMap = u32(setup.badMap);
  layoutBlock.reports = u32(setup.reports);
  layoutBlock.reportCapacity = setup.reportCapacity;
  layoutBlock.usedBytes = u32(setup.usedBytes);
}
