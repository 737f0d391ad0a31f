import { buildResponseTable, responseSpec } from "../../sim/detector/response.ts";
import { fullWellE, gainEPerDn, maxCode, resetNoiseE } from "../../sim/pixel/noise-budget.ts";
import { realisedGates } from "../../sim/roic/gate-edges.ts";
import { exposeReference } from "../reference/kernels/expose-reference.ts";
import { gatherSignalReference } from "../reference/kernels/gather-reference.ts";
import { copyArrays } from "../reference/kernels/pixel-arrays.ts";
import type { BenchFixture } from "./fixture.ts";
import type { BenchCase } from "./interleave.ts";

/** Pixels that the slow reference works on at a time. */
const REFERENCE_PIXELS = 320;

/** Stages of the simulator over a band of the room: kernels, and the TypeScript reference where there is one. */
export function simulatorCases(fixture: BenchFixture): BenchCase[] {
  const { band, profile } = fixture;
  const { kernels } = band;
  const { pixels, gates } = kernels;
  const arrays = copyArrays(kernels);
  const table = buildResponseTable({ ...responseSpec(profile), ...realisedGates(profile) });
  const gather = { firstPixel: 0, extinctionPerM: 0 };
  const expose = {
    seed: 1n,
    frame: 1,
    bandFirstPixel: band.area.firstPixel,
    resetNoiseE: resetNoiseE(profile, 300),
    readNoiseE: profile.pixel.readNoiseE,
    gainEPerDn: gainEPerDn(profile),
    fullWellE: fullWellE(profile),
    maxCode: maxCode(profile),
  };
  let frame = 0;
  return [
    {
      stage: "simulator trace + gather, moving room",
      variant: "simd",
      item: "pixel",
      items: pixels,
      run: () => void band.illuminate(fixture.job(++frame)),
    },
    {
      stage: "simulator gather, all pixels",
      variant: "simd",
      item: "pixel",
      items: pixels,
      run: () => kernels.gatherSignal({ ...gather, count: pixels }),
    },
    {
      stage: "simulator gather, all pixels",
      variant: "typescript",
      item: "pixel",
      items: REFERENCE_PIXELS,
      run: () => gatherSignalReference(arrays, table, { ...gather, count: REFERENCE_PIXELS }),
    },
    {
      stage: "simulator expose",
      variant: "simd",
      item: "sample",
      items: pixels * gates,
      run: () => kernels.expose(expose),
    },
    {
      stage: "simulator expose",
      variant: "typescript",
      item: "sample",
      items: REFERENCE_PIXELS * gates,
      run: () => exposeReference(arrays, { ...expose, count: REFERENCE_PIXELS }),
    },
  ];
}
