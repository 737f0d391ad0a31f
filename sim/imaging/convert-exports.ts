/** What the converter uses of build/imaging.wasm (sim/kernels/imaging/convert-*.ts). Addresses are bytes in its memory. */
export interface ConvertExports {
  setConvertBand(
    width: number,
    pixels: number,
    firstPixel: number,
    levelStride: number,
    counts: number,
  ): void;
  setConvertMaps(
    offsetDn: number,
    columnStep: number,
    columnInverse: number,
    inlDn: number,
    inlNearDn: number,
  ): void;
  setConvertLists(rtsStart: number, rtsPixels: number, overrideStart: number, overrides: number): void;
  setConvertWork(
    levels: number,
    sums: number,
    normals: number,
    normalTable: number,
    line: number,
    scratch: number,
  ): void;
  setConvertTimes(noiseFactor: number, sampleS: number, rampDn: number, transfer: number): void;
  setConvertFrame(
    charge: number,
    keyLow: number,
    keyHigh: number,
    frame: number,
    reads: number,
    dnPerE: number,
    inverseFullWell: number,
    bent: boolean,
    noiseKind: number,
    rampBent: boolean,
    rampError: number,
  ): void;
  convertLevels(row: number, firstColumn: number, columns: number): void;
  sumLevels(firstColumn: number, columns: number, begin: boolean): void;
  convertCodes(
    codes: number,
    planeBytes: number,
    firstColumn: number,
    count: number,
    step: number,
    binColumns: number,
    binRows: number,
    share: number,
  ): void;
}

const EXPORT_NAMES: readonly (keyof ConvertExports)[] = [
  "setConvertBand",
  "setConvertMaps",
  "setConvertLists",
  "setConvertWork",
  "setConvertTimes",
  "setConvertFrame",
  "convertLevels",
  "sumLevels",
  "convertCodes",
];

function isConvertExports(found: object): found is ConvertExports {
  return EXPORT_NAMES.every((name) => typeof Reflect.get(found, name) === "function");
}

/** @throws TypeError for a module without the converter's functions. */
export function convertExports(kernels: object): ConvertExports {
  if (isConvertExports(kernels)) return kernels;
  const names = Object.keys(kernels).join(", ");
  throw new TypeError(
    `imaging.wasm exports ${names || "nothing"}; expected ${EXPORT_NAMES.join(", ")}: run npm run build:kernels`,
  );
}
