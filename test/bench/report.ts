import type { BenchResult } from "./interleave.ts";

const VARIANTS = ["simd", "scalar", "typescript"] as const;

const cell = (result: BenchResult | undefined): string =>
  result === undefined ? "" : result.medianNs.toPrecision(3);

const ratio = (result: BenchResult | undefined, base: BenchResult | undefined): string =>
  result === undefined || base === undefined ? "" : `${(result.medianNs / base.medianNs).toPrecision(3)} x`;

/** Table of ns per item (median) and the ratios to the SIMD build of the same run. */
export function formatTable(results: readonly BenchResult[]): string {
  const stages = [...new Set(results.map((result) => result.stage))];
  const rows = stages.map((stage) => {
    const find = (variant: string): BenchResult | undefined =>
      results.find((result) => result.stage === stage && result.variant === variant);
    const [simd, scalar, typescript] = VARIANTS.map(find);
    const item = results.find((result) => result.stage === stage)?.item ?? "";
    return [
      stage,
      `ns/${item}`,
      cell(simd),
      cell(scalar),
      cell(typescript),
      ratio(scalar, simd),
      ratio(typescript, simd),
    ];
  });
  const header = ["stage", "unit", "simd", "scalar", "TypeScript", "scalar/simd", "TS/simd"];
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((text, column) =>
          column < 2 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}
