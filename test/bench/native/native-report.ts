import type { NativeResult, NativeTimes, Variant } from "./native-bench.ts";

const COLUMNS = [
  ["simd/native", "simd", "native", 2],
  ["scalar/native", "scalar", "native", 2],
  ["TS/simd", "typescript", "simd", 1],
  ["numpy int32/simd", "numpy int32", "simd", 1],
  ["numpy float32/simd", "numpy float32", "simd", 1],
] as const;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Time over another's, round by round, since both met the same machine; the median. */
function ratio(over: NativeTimes | undefined, under: NativeTimes | undefined): number | undefined {
  if (over === undefined || under === undefined) return undefined;
  return median(over.ns.map((ns, round) => ns / under.ns[round]!));
}

const text = (value: number | undefined, digits: number): string => value?.toFixed(digits) ?? "";

function cells({ item, stage, target, times }: NativeResult): string[] {
  const of = (variant: Variant): NativeTimes | undefined => times.find((time) => time.variant === variant);
  const ns = (variant: Variant): string => {
    const found = of(variant);
    return text(found && median(found.ns), 3);
  };
  const least = (variant: Variant): number => Math.min(...(of(variant)?.ns ?? []));
  const [first, ...others] = COLUMNS.map(([, over, under, digits]) =>
    text(ratio(of(over), of(under)), digits),
  );
  const best = text(least("simd") / least("native"), 2);
  return [stage, `ns/${item}`, ns("native"), ns("simd"), first!, best, text(target, 2), ...others];
}

/**
 * Table of ns per item (medians) and ratios; beside that of SIMD module and native code the ratio of their best rounds, which
 * a busy machine spoils less, and what is aimed at.
 */
export function formatNative(results: readonly NativeResult[]): string {
  const [first, ...others] = COLUMNS.map(([name]) => name);
  const all = [
    ["stage", "unit", "native", "simd", first!, "best", "target", ...others],
    ...results.map(cells),
  ];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const pad = (cell: string, column: number): string =>
    column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
  return all.map((row) => row.map(pad).join("  ")).join("\n");
}
