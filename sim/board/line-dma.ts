import type { FactoryMaps } from "../pixel/factory-calibration.ts";
import type { ModuleLayout } from "./module-layout.ts";

export interface LineSource {
  readonly widthPx: number;
  readonly gates: number;
  /** Gate planes of the frame, u16 [gate][row][column]. */
  readonly planes: Uint16Array;
  /** Maps for the present exposure. */
  readonly maps: LineMaps;
}

/** What the factory stored, and what calibration added. */
export interface LineMaps extends FactoryMaps {
  /** LiDAR: the pixels' own times, TIME_MAP_NS a LSB. */
  readonly timeMap?: Int16Array | undefined;
}

/** The board's DMA: copies one row of every gate plane and of every map into the module's memory. */
export class LineDma {
  private readonly source: LineSource;
  private readonly samples: Uint16Array;
  private readonly offset: Uint16Array;
  private readonly dark: Uint16Array;
  private readonly bad: Uint8Array;
  /** Undefined: the module takes none. */
  private readonly time: Int16Array | undefined;

  /** @param layout one that layoutFits(). */
  constructor(source: LineSource, layout: ModuleLayout, memory: ArrayBuffer) {
    const { widthPx, gates } = source;
    this.source = source;
    this.samples = new Uint16Array(memory, layout.samples, widthPx * gates);
    this.offset = new Uint16Array(memory, layout.offsetMap, widthPx);
    this.dark = new Uint16Array(memory, layout.darkMap, widthPx);
    this.bad = new Uint8Array(memory, layout.badMap, widthPx);
    this.time = layout.timeMap === 0 ? undefined : new Int16Array(memory, layout.timeMap, widthPx);
    if (source.maps.timeMap === undefined) this.time?.fill(0);
  }

  load(row: number): void {
    const { gates, maps, planes, widthPx } = this.source;
    const planePixels = planes.length / gates;
    const first = row * widthPx;
    for (let gate = 0; gate < gates; gate++) {
      const from = gate * planePixels + first;
      this.samples.set(planes.subarray(from, from + widthPx), gate * widthPx);
    }
    this.offset.set(maps.offsetDn16.subarray(first, first + widthPx));
    this.dark.set(maps.darkDn16.subarray(first, first + widthPx));
    this.bad.set(maps.bad.subarray(first, first + widthPx));
    if (maps.timeMap !== undefined) this.time?.set(maps.timeMap.subarray(first, first + widthPx));
  }
}
