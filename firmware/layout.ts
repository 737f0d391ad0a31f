// Lays the buffers out above the static data, for the width and gate count of the parameter block.
import {
  COMPONENT_SECOND,
  COMPONENT_SPREAD,
  COMPONENT_THIRD,
  REPORT_BYTES,
} from "../hw-profiles/interface/reports.ts";
import { arenaEnd, arenaFits, arenaStart, startArena, take } from "./arena.ts";
import { takeImagingBuffers } from "./imaging/buffers.ts";
import { isImaging } from "./modes.ts";
import { takeColumns } from "./returns/columns.ts";
import { enabled } from "./segments.ts";
import { setup, TEMPLATES_IN_STEP } from "./setup.ts";
import { CRC_TABLE_BYTES } from "./stages/crc32c.ts";
import { layOutResponse } from "./stages/response.ts";
import { layoutBlock, parameters, returnParameters } from "./views.ts";

/** Vector loads at the right end of a line may run this far over. */
const OVERRUN_BYTES: usize = 16;
/** A packed line may be as much longer than its samples before it is given up, with the planes written ahead. */
const PACKED_OVERRUN_BYTES: usize = 64;
/** Reports that the board can take at once. */
const REPORT_CAPACITY: u32 = 6;
/** Steps of the matched filter. */
const TEMPLATE_STEP_NS: f64 = 6.25;
/** A window with more templates than this cannot fit in any case. */
const TEMPLATES_MAX: f64 = 4096;

/** Address of the CRC tables: they come first, because the check of the parameter block needs them. */
export function crcTables(): usize {
  return arenaStart();
}

/** What every mode has: the lines that the board writes, and reports. */
function takeCommon(width: usize, planes: usize): void {
  take(CRC_TABLE_BYTES);
  setup.samples = take(width * planes * 2 + OVERRUN_BYTES);
  setup.offsetMap = take(width * 2 + OVERRUN_BYTES);
  setup.darkMap = take(width * 2 + OVERRUN_BYTES);
  setup.badMap = take(width + OVERRUN_BYTES);
  setup.packedLine = take(width * 2 + PACKED_OVERRUN_BYTES);
  setup.openLines = take((REPORT_CAPACITY + 2) * REPORT_BYTES);
  setup.openRaw = setup.openLines + REPORT_BYTES;
  setup.reports = setup.openRaw + REPORT_BYTES;
}

function takeLines(width: usize): void {
  setup.timeMap = take(width * 2);
  setup.rangeLine = take(width * 6);
  setup.sigmaLine = setup.rangeLine + width * 2;
  setup.amplitudeLine = setup.rangeLine + width * 4;
  setup.ambientLine = take(width * 2);
  const further = enabled(COMPONENT_SECOND | COMPONENT_THIRD) || returnParameters.returns > 1 ? width * 6 : 0;
  setup.secondLine = take(further);
  setup.thirdLine = take(further);
  setup.spreadLine = take(enabled(COMPONENT_SPREAD) ? width * 4 : 0);
  setup.flagsLine = take(width);
}

function takeTables(padded: usize): void {
  setup.templates = take(usize(setup.templateCount + 1) * padded * 2);
  setup.templateScales = take(setup.templateCount * 8);
  setup.edges = take(layOutResponse());
}

function takeScratch(padded: usize): void {
  setup.codes = take(padded * 16);
  setup.saturatedGates = take(16);
  setup.pairs = take(padded * 16);
  setup.correlations = take((setup.templateCount + TEMPLATES_IN_STEP) * 32);
  setup.electrons = take(padded * 32);
  setup.response = take(padded * 8);
  if (returnParameters.returns > 1 || enabled(COMPONENT_SPREAD)) takeColumns();
  setup.sums = take(96);
  setup.laneSums = take(160);
  setup.bestTemplates = take(32);
}

/** Tables and buffers of LiDAR mode. False when the window is too long. */
function layOutLidar(): bool {
  const span = f64(parameters.t0MaxNs) - f64(parameters.t0MinNs);
  const templateSteps = Math.ceil(span / TEMPLATE_STEP_NS);
  if (templateSteps > TEMPLATES_MAX) return false;
  setup.spanNs = span;
  setup.templateCount = u32(templateSteps) + 1;
  setup.templateStepNs = span / templateSteps;
  setup.paddedGates = (parameters.gates + 3) & ~3;
  takeLines(setup.width);
  takeTables(setup.paddedGates);
  takeScratch(setup.paddedGates);
  return true;
}

/** Fills setup's sizes and addresses. False when they do not fit in the module's memory. */
export function layOut(): bool {
  setup.width = parameters.width;
  setup.height = parameters.height;
  setup.gates = parameters.gates;
  setup.saturationDn = parameters.saturationDn;
  setup.reportCapacity = REPORT_CAPACITY;
  setup.timeMap = 0;
  startArena();
  takeCommon(setup.width, setup.gates);
  if (isImaging()) takeImagingBuffers(setup.width, setup.gates);
  else if (!layOutLidar()) return false;
  setup.usedBytes = arenaEnd();
  return arenaFits();
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
  layoutBlock.timeMap = u32(setup.timeMap);
}
