/** Byte ranges that have arrived: disjoint, sorted, at most `maxIntervals` of them. */
export class IntervalSet {
  /** start0, end0, start1, end1, ... */
  readonly #edges: number[] = [];
  readonly #maxEdges: number;
  #covered = 0;

  constructor(maxIntervals = 16_384) {
    this.#maxEdges = 2 * maxIntervals;
  }

  /** Bytes covered. */
  get covered(): number {
    return this.#covered;
  }

  /** End of the last range; 0 without any. */
  get end(): number {
    return this.#edges.at(-1) ?? 0;
  }

  /**
   * Add [start, end). Returns false, and changes nothing, when it overlaps what is there
   * or would scatter the set over more intervals than allowed.
   */
  add(start: number, end: number): boolean {
    const edges = this.#edges;
    const at = this.#firstIntervalFrom(start);
    const previousEnd = at > 0 ? edges[at - 1]! : -1;
    const nextStart = at < edges.length ? edges[at]! : Infinity;
    if (previousEnd > start || nextStart < end || end <= start) return false;
    const joinsPrevious = previousEnd === start;
    const joinsNext = nextStart === end;
    if (joinsPrevious && joinsNext) edges.splice(at - 1, 2);
    else if (joinsPrevious) edges[at - 1] = end;
    else if (joinsNext) edges[at] = start;
    else if (edges.length < this.#maxEdges) edges.splice(at, 0, start, end);
    else return false;
    this.#covered += end - start;
    return true;
  }

  /** The ranges of [0, length) that are not covered. */
  gaps(length: number): [start: number, end: number][] {
    const found: [number, number][] = [];
    let from = 0;
    for (let i = 0; i < this.#edges.length; i += 2) {
      if (this.#edges[i]! > from) found.push([from, this.#edges[i]!]);
      from = this.#edges[i + 1]!;
    }
    if (from < length) found.push([from, length]);
    return found;
  }

  /** Index of the first edge pair that starts at or after `start`. */
  #firstIntervalFrom(start: number): number {
    const edges = this.#edges;
    if (edges.length === 0 || edges[edges.length - 2]! < start) return edges.length;
    let low = 0;
    let high = edges.length / 2;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (edges[2 * middle]! < start) low = middle + 1;
      else high = middle;
    }
    return 2 * low;
  }
}
