import type { Change, Waves } from "./waves.ts";

/** Which latch converts which pixel. */
export interface LatchMap {
  readonly rows: number;
  /** Sensor rows from one output line to the next. */
  readonly rowStep: number;
  readonly columns: number;
  readonly firstColumn: number;
}

/**
 * Waves of pixels, code_rN_cM and comparator_rN_cM, made of those of the latches: while the counter runs the latches of
 * bank b belong to the b-th of the selected lines, and stay theirs until it runs again.
 */
export function pixelWaves({ changes }: Waves, map: LatchMap): Change[] {
  const values = new Map<string, number>();
  const pixels: Change[] = [];
  let owners: Owner[] = [];
  const set = (at: Change, name: string, value: number) => {
    if ((values.get(name) ?? 0) === value) return;
    values.set(name, value);
    pixels.push({ ...at, name, value });
  };
  changes.forEach((change, i) => {
    values.set(change.name, change.value);
    const next = changes[i + 1];
    // Looked at when all changes of an instant are in.
    if (next?.cycle === change.cycle && next.phase === change.phase) return;
    if (values.get("counter_enable") === 1) owners = ownersOf(values, map);
    for (const { column, latch, row } of owners) {
      set(change, `comparator_r${row}_c${column}`, values.get(`comparator_l${latch}`) ?? 0);
      if (values.get(`valid_l${latch}`) !== 1) continue;
      set(change, `code_r${row}_c${column}`, values.get(`code_l${latch}`) ?? 0);
    }
  });
  return pixels;
}

interface Owner {
  readonly row: number;
  readonly column: number;
  readonly latch: number;
}

function ownersOf(values: ReadonlyMap<string, number>, map: LatchMap): Owner[] {
  const { columns, firstColumn, rows, rowStep } = map;
  const all = Array.from({ length: rows }, (_, row) => row);
  const selected = all.filter((row) => values.get(`row_select_r${row}`) === 1);
  const lineOf = (row: number) => Math.floor(row / rowStep);
  return selected.flatMap((row) => {
    const bank = lineOf(row) - lineOf(selected[0]!);
    return Array.from({ length: columns }, (_, m) => ({
      row,
      column: firstColumn + m,
      latch: bank * columns + m,
    }));
  });
}
