/** What charge collection calls in build/imaging.wasm (sim/kernels/imaging.ts). Addresses are bytes in its memory. */
export interface CollectExports {
  setCollectBuffers(
    pixels: number,
    columns: number,
    lightRateEPerS: number,
    darkRateEPerS: number,
    charge: number,
    normalTable: number,
    reciprocals: number,
  ): void;
  setCollectTables(
    readTable: number,
    flickerTable: number,
    lagTable: number,
    lagStart: number,
    words: number,
    work: number,
    traps: number,
  ): void;
  setCollectEffects(
    shotNoise: boolean,
    biasDependence: boolean,
    flicker: boolean,
    species: number,
    kneeE: number,
    headroomE: number,
    resetSigmaE: number,
  ): void;
  setCollectFrame(reads: number, seedLow: number, seedHigh: number, frame: number): void;
  setCollectTraps(before: number, after: number): void;
  collectLight(photonsPerS: number, responseEPerPhoton: number, share: number): void;
  collectRow(firstPixel: number, firstBlock: number): void;
}

const EXPORT_NAMES: readonly (keyof CollectExports)[] = [
  "setCollectBuffers",
  "setCollectTables",
  "setCollectEffects",
  "setCollectFrame",
  "setCollectTraps",
  "collectLight",
  "collectRow",
];

function isCollectExports(found: object): found is CollectExports {
  return EXPORT_NAMES.every((name) => typeof Reflect.get(found, name) === "function");
}

/** @throws TypeError if the module is not the imaging kernels. */
export function collectExports(kernels: object): CollectExports {
  if (isCollectExports(kernels)) return kernels;
  const names = Object.keys(kernels).join(", ");
  throw new TypeError(
    `imaging.wasm exports ${names || "nothing"}; expected ${EXPORT_NAMES.join(", ")}: run npm run build:kernels`,
  );
}
