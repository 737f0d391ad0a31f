/** Width of the barrier between the dots of a superlattice. */
import type { LinkerStep, SuperlatticeMaterial } from "../device-profile.ts";

type Measured = { readonly spacerNm: number; readonly gapNm: number };

function measuredGaps({ linkers, dotNm }: SuperlatticeMaterial): readonly Measured[] {
  return linkers
    .flatMap(({ spacerNm, outOfPlaneNm }) =>
      outOfPlaneNm === undefined ? [] : [{ spacerNm, gapNm: outOfPlaneNm - dotNm }],
    )
    .sort((a, b) => a.spacerNm - b.spacerNm);
}

/**
 * Gap between the surfaces of dots in neighbouring layers, nm: the measured distance of the layers less the dot. Linkers tilt
 * and interleave, so the gap grows by less than the linker's length: where no distance was measured, it follows the
 * spacer's length along the line through the shortest and the longest measured one; with fewer than two it is the spacer's length.
 */
export function layerGapNm(material: SuperlatticeMaterial, linker: LinkerStep): number {
  if (linker.outOfPlaneNm !== undefined) return linker.outOfPlaneNm - material.dotNm;
  const gaps = measuredGaps(material);
  const short = gaps[0];
  const long = gaps.at(-1);
  if (short === undefined || long === undefined || short.spacerNm === long.spacerNm) return linker.spacerNm;
  const slope = (long.gapNm - short.gapNm) / (long.spacerNm - short.spacerNm);
  return short.gapNm + slope * (linker.spacerNm - short.spacerNm);
}
