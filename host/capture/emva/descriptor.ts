/** Images taken one after the other at one exposure and one light. */
export interface EmvaSeries {
  readonly exposureNs: number;
  /** Mean number of photons per pixel during the exposure; 0 = dark. */
  readonly photons: number;
  /** Below the descriptor's folder, with "/"; no spaces. */
  readonly files: readonly string[];
}

export interface EmvaDescriptor {
  readonly bits: number;
  readonly width: number;
  readonly height: number;
  readonly comments: readonly string[];
  readonly series: readonly EmvaSeries[];
}

export const DESCRIPTOR_NAME = "EMVA1288descriptor.txt";
/** Release of the standard that the measurement follows. */
const VERSION = "4.0";

/**
 * Text of an EMVA 1288 descriptor file: `v` release, `n` bits width height, then of every series `b` exposure in ns and
 * photons per pixel, or `d` exposure in ns, followed by an `i` line an image. Two images are a temporal pair, more a
 * spatial stack. Paths have "\", which readers of the format split on every system.
 * @throws Error for a file name that the format cannot tell, or a series of less than two images.
 */
export function descriptorText({ bits, width, height, comments, series }: EmvaDescriptor): string {
  const lines = [
    `v ${VERSION}`,
    `n ${bits} ${width} ${height}`,
    ...comments.map((comment) => `# ${comment.replaceAll(/\s+/g, " ")}`),
    ...series.flatMap(seriesLines),
  ];
  return `${lines.join("\n")}\n`;
}

function seriesLines({ exposureNs, photons, files }: EmvaSeries): string[] {
  const exposure = exposureNs.toFixed(1);
  if (files.length < 2) throw new Error(`found ${files.length} images at ${exposure} ns, expected 2 or more`);
  const wrong = files.find((file) => /[\s\\]/.test(file));
  if (wrong !== undefined)
    throw new Error(`found "${wrong}", expected a name without spaces and backslashes`);
  const head = photons > 0 ? `b ${exposure} ${photons.toFixed(3)}` : `d ${exposure}`;
  return [head, ...files.map((file) => `i ${file.replaceAll("/", "\\")}`)];
}
