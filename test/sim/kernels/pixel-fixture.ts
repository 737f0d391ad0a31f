import { readFileSync } from "node:fs";
import { buildResponseTable, type ResponseSpec, type ResponseTable } from "../../../sim/detector/response.ts";
import { type ExposeOptions, PixelKernels } from "../../../sim/pixel/pixel-kernels.ts";
import { Draws } from "../../../sim/random/draws.ts";

export const kernelsWasm: Uint8Array = readFileSync(new URL("../../../build/kernels.wasm", import.meta.url));

/** An InAs pixel: 39 ns pulse, tau 13.5 ns, a slow tail, gates 6.25 ns apart. */
export function responseSpecOf(gates: number, changes: Partial<ResponseSpec> = {}): ResponseSpec {
  return {
    pulseWidthNs: 39,
    periodNs: 1000,
    tauNs: 13.5,
    slowFraction: 0.05,
    tauSlowNs: 120,
    gating: "film-bias",
    extinction: 0.02,
    delaysNs: Array.from({ length: gates }, (_, gate) => -12.5 + 6.25 * gate),
    widthsNs: new Array<number>(gates).fill(15),
    ...changes,
  };
}

const tables = new Map<string, ResponseTable>();

export function tableOf(gates: number, changes: Partial<ResponseSpec> = {}): ResponseTable {
  const spec = responseSpecOf(gates, changes);
  const key = JSON.stringify(spec);
  const table = tables.get(key) ?? buildResponseTable(spec);
  tables.set(key, table);
  return table;
}

export const exposure: ExposeOptions = {
  seed: 0x0123456789abcdefn,
  frame: 3,
  bandFirstPixel: 0,
  resetNoiseE: 38.6,
  readNoiseE: 10,
  gainEPerDn: 50,
  fullWellE: 200_000,
  maxCode: 4095,
};

export function kernelsOf(pixels: number, gates: number, raysPerPixel = 16): PixelKernels {
  return PixelKernels.create({ wasm: kernelsWasm, pixels, gates, raysPerPixel });
}

/**
 * Random surfaces and maps. Pixels in turn see: one surface, two surfaces, a steep surface, nothing in some rays, nothing
 * at all, something beyond the pulse period, dark and almost dark surfaces.
 */
export function fillRandom(kernels: PixelKernels, seed: number, firstGlobalPixel = 0): void {
  const draws = new Draws(seed, 100);
  const { raysPerPixel, hits, maps } = kernels;
  for (let pixel = 0; pixel < kernels.pixels; pixel++) {
    const at = (firstGlobalPixel + pixel) * 64;
    const kind = (firstGlobalPixel + pixel) % 7;
    const near = 0.4 + 9 * draws.uniform(at);
    for (let ray = 0; ray < raysPerPixel; ray++) {
      const u = draws.uniform(at, 1 + ray);
      const spread = kind === 2 ? 0.5 * u : 0.01 * u;
      const far = kind === 1 && u > 0.5 ? 3 : 0;
      const missing = kind === 4 || (kind === 3 && u > 0.5);
      const beyond = kind === 5 ? 150 : 0;
      hits.rangeM[pixel * raysPerPixel + ray] = missing ? 0 : near + spread + far + beyond;
      hits.signalRho[pixel * raysPerPixel + ray] = kind === 6 && u > 0.3 ? 0 : draws.uniform(at, 100 + ray);
      hits.ambientRho[pixel * raysPerPixel + ray] = missing ? 0 : draws.uniform(at, 200 + ray);
    }
    maps.signalScaleE[pixel] = draws.lognormal(at, 2, 301) * 1e5;
    maps.ambientScaleE[pixel] = draws.lognormal(at, 3, 302) * 10;
    maps.darkE[pixel] = draws.lognormal(at, 2, 303) * 3;
    maps.offsetDn[pixel] = 96 + 4 * draws.normal(at, 304);
    maps.defect[pixel] = draws.uniform(at, 305) < 0.1 ? 1 + draws.integer(at, 2, 306) : 0;
    maps.stuckCode[pixel] = draws.integer(at, 4096, 307);
    maps.lateRows[pixel] = draws.uniform(at, 308) < 0.5 ? 0 : 3 * draws.normal(at, 309);
  }
}
