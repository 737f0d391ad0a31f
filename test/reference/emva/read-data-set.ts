import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readPng16 } from "../../support/png16.ts";
import type { EmvaData, SweepPoint } from "./analyse.ts";
import { type Descriptor, parseDescriptor, type Series } from "./descriptor.ts";
import { type PairStatistics, pairStatistics, Stack, type StackStatistics } from "./statistics.ts";

/** Read a descriptor and all its images, one at a time. @throws Error when anything is not as the descriptor says. */
export function readDataSet(descriptorPath: string): EmvaData & { readonly descriptor: Descriptor } {
  const descriptor = parseDescriptor(readFileSync(descriptorPath, "utf8"));
  const folder = dirname(descriptorPath);
  const images = (series: Series) => series.files.map((file) => readImage(join(folder, file), descriptor));
  const pair = (series: Series): PairStatistics => {
    const [a, b] = images(series);
    return pairStatistics(a!, b!);
  };
  const stack = (series: Series): StackStatistics => {
    const sums = new Stack(descriptor.width, descriptor.height);
    for (const file of series.files) sums.add(readImage(join(folder, file), descriptor));
    return sums.statistics();
  };
  const [bright, dark] = spatialSeries(descriptor);
  return {
    descriptor,
    sweep: sweepOf(descriptor, pair),
    bright: stack(bright),
    dark: stack(dark),
  };
}

function sweepOf({ temporal }: Descriptor, pair: (series: Series) => PairStatistics): SweepPoint[] {
  const darks = new Map(
    temporal.filter(({ photons }) => photons === 0).map((series) => [series.exposureNs, pair(series)]),
  );
  return temporal
    .filter(({ photons }) => photons > 0)
    .sort((a, b) => a.exposureNs - b.exposureNs)
    .map((series) => ({
      exposureNs: series.exposureNs,
      photons: series.photons,
      bright: pair(series),
      dark: darks.get(series.exposureNs)!,
    }));
}

function spatialSeries({ spatial }: Descriptor): readonly [bright: Series, dark: Series] {
  const bright = spatial.find(({ photons }) => photons > 0);
  const dark = spatial.find(({ photons }) => photons === 0);
  if (spatial.length === 2 && bright && dark) return [bright, dark];
  throw new Error(`found ${spatial.length} spatial series, expected one bright and one dark`);
}

function readImage(path: string, { bits, width, height }: Descriptor): Uint16Array {
  const image = readPng16(readFileSync(path));
  if (image.width !== width || image.height !== height)
    throw new Error(`${path}: found ${image.width} x ${image.height}, expected ${width} x ${height}`);
  if (image.data.some((code) => code >= 2 ** bits))
    throw new Error(`${path}: found a code of more than ${bits} bits`);
  return image.data;
}
