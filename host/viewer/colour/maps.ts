/** 256 RGB triples, 0..255. */
export type ColourTable = Uint8Array;

export type ColourMapName = "viridis" | "cividis" | "turbo" | "grey";

/** Coefficients of t^0 .. t^n for red, green and blue. */
type Polynomial = readonly [readonly number[], readonly number[], readonly number[]];

/** Sixth-order fit of matplotlib's viridis (S. van der Walt, N. Smith; fit by M. Zucker), 0..1. */
const VIRIDIS: Polynomial = [
  [0.27772733, 0.10509304, -0.33086183, -4.6342305, 6.22826994, 4.776385, -5.43545586],
  [0.00540734, 1.40461353, 0.21484756, -5.79910097, 14.17993337, -13.74514538, 4.64585261],
  [0.33409981, 1.38459016, 0.09509516, -19.33244096, 56.6905526, -65.35303263, 26.31243525],
];

/** Cividis (J. Nuñez, C. Anderton, R. Renslow 2018), readable with every kind of colour vision; 0..255. */
const CIVIDIS: Polynomial = [
  [-4.54, -35.34, 2381.73, -6402.7, 7024.72, -2710.57],
  [32.49, 170.73, 52.82, -131.46, 176.58, -67.37],
  [81.24, 442.36, -2482.43, 6167.24, -6614.94, 2475.67],
];

/** Turbo (A. Mikhailov 2019): most steps to tell apart, but not ordered in lightness; 0..255. */
const TURBO: Polynomial = [
  [34.61, 1172.33, -10793.56, 33300.12, -38394.49, 14825.05],
  [23.31, 557.33, 1225.33, -3574.96, 1073.77, 707.56],
  [27.2, 3211.1, -15327.97, 27814, -22569.18, 6838.66],
];

const GREY: Polynomial = [
  [28, 217],
  [30, 217],
  [33, 217],
];

const TABLES: Readonly<Record<ColourMapName, ColourTable>> = {
  viridis: tabulate(VIRIDIS, 255),
  cividis: tabulate(CIVIDIS, 1),
  turbo: tabulate(TURBO, 1),
  grey: tabulate(GREY, 1),
};

export const COLOUR_MAPS = Object.keys(TABLES) as readonly ColourMapName[];

export function colourTable(name: ColourMapName, reversed: boolean): ColourTable {
  if (!reversed) return TABLES[name];
  const table = new Uint8Array(TABLES[name].length);
  for (let i = 0; i < 256; i++) table.set(TABLES[name].subarray(3 * (255 - i), 3 * (256 - i)), 3 * i);
  return table;
}

function tabulate(polynomial: Polynomial, factor: number): ColourTable {
  const table = new Uint8Array(3 * 256);
  for (let i = 0; i < 256; i++) {
    polynomial.forEach((coefficients, channel) => {
      const value = coefficients.reduceRight((sum, c) => sum * (i / 255) + c, 0) * factor;
      table[3 * i + channel] = Math.min(255, Math.max(0, Math.round(value)));
    });
  }
  return table;
}
