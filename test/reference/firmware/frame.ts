/** One row: K x W samples in DN, plane-major, and the row of each map. */
export interface ReferenceRow {
  readonly samples: Uint16Array;
  readonly offset: Uint16Array;
  readonly dark: Uint16Array;
  readonly bad: Uint8Array;
  /** Time map, TIME_MAP_NS a LSB; left out: zeros. */
  readonly time?: Int16Array;
}

export interface ReferenceFrame {
  readonly frame: number;
  readonly temperatureMk: number;
  readonly startCycle: bigint;
  readonly endCycle: bigint;
  readonly dropped: number;
  readonly rows: readonly ReferenceRow[];
}
