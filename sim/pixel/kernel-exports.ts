/** The export list of build/kernels.wasm (sim/kernels/pixel.ts). Addresses are bytes in the kernel memory. */
export interface KernelExports {
  setShape(pixels: number, gates: number, raysPerPixel: number): void;
  setHits(rangeM: number, signalRho: number, ambientRho: number): void;
  setMaps(
    signalScaleE: number,
    ambientScaleE: number,
    darkE: number,
    offsetDn: number,
    defect: number,
    stuckCode: number,
    lateRows: number,
  ): void;
  setResults(meanE: number, ambientE: number, signalE: number, codes: number): void;
  setWork(normalTable: number, scratch: number): void;
  setResponse(
    values: number,
    rows: number,
    rowsPerMetre: number,
    firstRow: number,
    wrapRows: number,
    bins: number,
  ): void;
  gatherSignal(
    firstPixel: number,
    count: number,
    extinctionPerM: number,
    chartSignalE: number,
    chartAmbientE: number,
  ): void;
  setExposure(
    seedLow: number,
    seedHigh: number,
    frame: number,
    bandFirstPixel: number,
    noiseVarianceE2: number,
    noiseSigmaE: number,
    dnPerE: number,
    kneeE: number,
    headroomE: number,
    maxCode: number,
  ): void;
  expose(firstPixel: number, count: number): void;
  philoxPair(
    destination: number,
    firstIndex: number,
    group: number,
    frame: number,
    stream: number,
    keyLow: number,
    keyHigh: number,
  ): void;
  normalWords(address: number, count: number, table: number): void;
}

const EXPORT_NAMES: readonly (keyof KernelExports)[] = [
  "setShape",
  "setHits",
  "setMaps",
  "setResults",
  "setWork",
  "setResponse",
  "gatherSignal",
  "setExposure",
  "expose",
  "philoxPair",
  "normalWords",
];

function isKernelExports(found: object): found is KernelExports {
  return EXPORT_NAMES.every((name) => typeof Reflect.get(found, name) === "function");
}

/** Instantiates the kernels on `memory`. Throws WebAssembly.CompileError for bytes that are not a module. */
export function kernelExports(wasm: Uint8Array, memory: WebAssembly.Memory): KernelExports {
  const module = new WebAssembly.Module(new Uint8Array(wasm));
  const found: object = new WebAssembly.Instance(module, { env: { memory } }).exports;
  if (isKernelExports(found)) return found;
  const names = Object.keys(found).join(", ");
  throw new TypeError(
    `kernels.wasm exports ${names || "nothing"}; expected ${EXPORT_NAMES.join(", ")}: run npm run build:kernels`,
  );
}
