import type { BenchResult } from "../bench-result.ts";

export interface KindCount {
  readonly results: number;
  readonly ok: number;
}

/** Counts by kind. */
export interface BenchSummary {
  readonly results: number;
  readonly ok: number;
  readonly notOk: number;
  readonly flagged: number;
  readonly input: KindCount;
  readonly derived: KindCount;
  readonly emergent: KindCount;
}

export function summarise(results: readonly BenchResult[]): BenchSummary {
  const ok = results.filter((result) => result.ok).length;
  const count = (kind: BenchResult["kind"]) => {
    const ofKind = results.filter((result) => result.kind === kind);
    return { results: ofKind.length, ok: ofKind.filter((result) => result.ok).length };
  };
  return {
    results: results.length,
    ok,
    notOk: results.length - ok,
    flagged: results.filter((result) => result.flag !== undefined).length,
    input: count("input"),
    derived: count("derived"),
    emergent: count("emergent"),
  };
}
