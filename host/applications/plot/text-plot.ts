/** Dots of a braille character, from the top row down, left then right column: Unicode 2800 + these bits. */
const LEFT = [0x01, 0x02, 0x04, 0x40];
const RIGHT = [0x08, 0x10, 0x20, 0x80];
const BLANK = 0x2800;
const DOT_ROWS = 4;

/**
 * A curve as `rows` lines of `columns` braille characters, highest line first. Values are spread evenly over the width;
 * the scale goes from the lowest to the highest of them.
 */
export function textPlot(values: ArrayLike<number>, columns: number, rows: number): string[] {
  const dots = resample(values, 2 * columns);
  const low = Math.min(...dots);
  const span = Math.max(...dots) - low || 1;
  const cells = Array.from({ length: rows }, () => new Uint8Array(columns));
  const height = rows * DOT_ROWS - 1;
  const levels = dots.map((value) => Math.round((height * (value - low)) / span));
  for (const [x, level] of levels.entries()) {
    // A steep curve stays one line: from beside the last dot to this one.
    const from = levels[Math.max(0, x - 1)]!;
    const first = level > from ? Math.min(from + 1, level) : level;
    const last = level < from ? Math.max(from - 1, level) : level;
    for (let y = first; y <= last; y++) set(cells, x, height - y);
  }
  return cells.map((line) => String.fromCharCode(...Array.from(line, (bits) => BLANK + bits)));
}

function set(cells: readonly Uint8Array[], x: number, fromTop: number): void {
  const line = cells[Math.floor(fromTop / DOT_ROWS)]!;
  const bits = x % 2 === 0 ? LEFT : RIGHT;
  line[x >> 1] = line[x >> 1]! | bits[fromTop % DOT_ROWS]!;
}

/** `count` values at equal distances, on the line between neighbours. */
function resample(values: ArrayLike<number>, count: number): number[] {
  const last = values.length - 1;
  return Array.from({ length: count }, (_, i) => {
    const at = (last * i) / Math.max(1, count - 1);
    const k = Math.min(Math.floor(at), Math.max(0, last - 1));
    const [a, b] = [values[k] ?? 0, values[Math.min(k + 1, last)] ?? 0];
    return a + (b - a) * (at - k);
  });
}
