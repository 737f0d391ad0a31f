// Data sets of EMVA 1288 as their descriptor files name them.

/** Images taken one after the other at one exposure. */
export interface Series {
  readonly exposureNs: number;
  /** Mean number of photons per pixel; 0 = dark. */
  readonly photons: number;
  /** Paths relative to the descriptor, with "/". */
  readonly files: readonly string[];
}

export interface Descriptor {
  readonly version: string;
  readonly bits: number;
  readonly width: number;
  readonly height: number;
  /** Pairs. */
  readonly temporal: readonly Series[];
  /** Three images or more. */
  readonly spatial: readonly Series[];
}

/**
 * Parse a descriptor as strictly as its readers do: one "v", one "n", then "b exposure photons" or "d exposure", each
 * with two or more "i path" lines; "#" starts a comment line.
 * @throws Error that names the line.
 */
export function parseDescriptor(text: string): Descriptor {
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => ({ place: index + 1, words: line.trim().split(/\s+/) }))
    .filter(({ words }) => words[0] !== "" && !words[0]!.startsWith("#"));
  let version = "";
  let size: readonly number[] | undefined;
  const series: { exposureNs: number; photons: number; files: string[] }[] = [];
  for (const { place, words } of lines) {
    const [command, ...values] = words;
    const numbers = values.map(Number);
    const isNumeric = numbers.every(Number.isFinite);
    if (command === "v" && values.length === 1 && version === "") version = values[0]!;
    else if (command === "n" && numbers.length === 3 && isNumeric && !size) size = numbers;
    else if (command === "b" && numbers.length === 2 && isNumeric)
      series.push({ exposureNs: numbers[0]!, photons: numbers[1]!, files: [] });
    else if (command === "d" && numbers.length === 1 && isNumeric)
      series.push({ exposureNs: numbers[0]!, photons: 0, files: [] });
    else if (command === "i" && values.length === 1 && series.length > 0)
      series.at(-1)!.files.push(values[0]!.replaceAll("\\", "/"));
    else
      throw new Error(`line ${place}: found "${words.join(" ")}", expected v, n, b, d or i with its values`);
  }
  if (!size) throw new Error("found no line n with bits, width and height");
  checkSeries(series);
  return {
    version,
    bits: size[0]!,
    width: size[1]!,
    height: size[2]!,
    temporal: series.filter(({ files }) => files.length === 2),
    spatial: series.filter(({ files }) => files.length > 2),
  };
}

/** No series may be told twice, and each exposure needs its dark and at least one bright series. */
function checkSeries(series: readonly Series[]): void {
  const seen = new Map<string, number[]>();
  for (const { exposureNs, photons, files } of series) {
    const where = `${exposureNs} ns, ${photons} photons`;
    if (files.length < 2) throw new Error(`${where}: found ${files.length} images, expected 2 or more`);
    const key = `${files.length === 2 ? "temporal" : "spatial"} series at ${exposureNs} ns`;
    const others = seen.get(key) ?? [];
    if (others.includes(photons)) throw new Error(`${where}: found twice`);
    seen.set(key, [...others, photons]);
  }
  for (const [key, photons] of seen)
    if (!photons.includes(0) || photons.length < 2) throw new Error(`${key}: found no dark or no bright one`);
}
