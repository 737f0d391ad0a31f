import { MEMORY_BASE } from "../../hw-profiles/interface/abi.ts";
import * as Memory from "../../hw-profiles/interface/memory-map.ts";
import { REPORT_BYTES } from "../../hw-profiles/interface/reports.ts";

/** Where a configured module wants lines and maps, and where its reports lie: addresses in its memory. */
export interface ModuleLayout {
  readonly samples: number;
  readonly offsetMap: number;
  readonly darkMap: number;
  readonly badMap: number;
  /** 0: the module takes none. */
  readonly timeMap: number;
  readonly reports: number;
  readonly reportCapacity: number;
}

export function readLayout(memory: ArrayBuffer): ModuleLayout {
  const view = new DataView(memory, Memory.LAYOUT_BLOCK, Memory.LAYOUT_BYTES);
  const word = (field: number) => view.getUint32(field, true);
  return {
    samples: word(Memory.LAYOUT_SAMPLES),
    offsetMap: word(Memory.LAYOUT_OFFSET_MAP),
    darkMap: word(Memory.LAYOUT_DARK_MAP),
    badMap: word(Memory.LAYOUT_BAD_MAP),
    timeMap: word(Memory.LAYOUT_TIME_MAP),
    reports: word(Memory.LAYOUT_REPORTS),
    reportCapacity: word(Memory.LAYOUT_REPORT_CAPACITY),
  };
}

/** Whether the DMA can serve the layout: aligned, above the blocks of the contract, within the memory. */
export function layoutFits(
  layout: ModuleLayout,
  widthPx: number,
  gates: number,
  memoryBytes: number,
): boolean {
  const buffers = [
    [layout.samples, widthPx * gates * Uint16Array.BYTES_PER_ELEMENT],
    [layout.offsetMap, widthPx * Uint16Array.BYTES_PER_ELEMENT],
    [layout.darkMap, widthPx * Uint16Array.BYTES_PER_ELEMENT],
    [layout.badMap, widthPx],
    [layout.reports, layout.reportCapacity * REPORT_BYTES],
    ...(layout.timeMap === 0 ? [] : [[layout.timeMap, widthPx * Int16Array.BYTES_PER_ELEMENT] as const]),
  ] as const;
  return buffers.every(
    ([address, bytes]) =>
      address % Uint16Array.BYTES_PER_ELEMENT === 0 &&
      address >= MEMORY_BASE &&
      bytes > 0 &&
      address + bytes <= memoryBytes,
  );
}
