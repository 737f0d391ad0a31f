import { readFileSync } from "node:fs";
import { encodeSolid } from "../../sim/scene/room/encode.ts";
import { box, capsule, ellipsoid, frustum, type Solid } from "../../sim/scene/room/solid.ts";
import { instantiateKernels, MemoryPlan } from "../../sim/scene/trace/tracer.ts";
import type { Triple } from "../reference/trace/scalar.ts";
import { castReference } from "../reference/trace/solids.ts";
import type { BenchCase } from "./interleave.ts";

const SIDE = 32;
const RAYS = SIDE * SIDE;
const PRIMITIVE_BYTES = 128;
const FAR = { t: Math.fround(1e30), signal: 0, ambient: 0 };
const GREY = { rho: 0.5, contrast: 0, cellM: [0, 0, 0], seed: 1 } as const;

/** Each fills a good part of the view. */
const SOLIDS: readonly (readonly [string, Solid])[] = [
  ["box", box(GREY, [0, 0, 3], [1, 1, 1])],
  ["ellipsoid", ellipsoid(GREY, [0, 0, 3], [1, 1.2, 0.8])],
  ["capsule", capsule(GREY, [-1, 0, 3], [1, 0.5, 3], 0.6)],
  ["frustum", frustum(GREY, [0, -1, 3], 2, 0.6, 0.9)],
];

/** A square bundle of unit directions, 60 degrees across. */
function directions(): Triple[] {
  return Array.from({ length: RAYS }, (_, i) => {
    const x = ((i % SIDE) + 0.5) / SIDE - 0.5;
    const y = (Math.floor(i / SIDE) + 0.5) / SIDE - 0.5;
    const norm = Math.sqrt(x * x + y * y + 1);
    return [Math.fround(x / norm), Math.fround(y / norm), Math.fround(1 / norm)];
  });
}

/** Rays against one solid of each kind: kernel and TypeScript reference. */
export function traceCases(): BenchCase[] {
  const plan = new MemoryPlan();
  const primitive = plan.take(PRIMITIVE_BYTES);
  const rays = plan.take(12 * RAYS);
  const work = plan.take(12 * RAYS);
  const memory = plan.createMemory();
  const bytes = readFileSync(new URL("../../build/trace.wasm", import.meta.url));
  const kernels = instantiateKernels(new WebAssembly.Module(bytes), memory);
  const bundle = directions();
  const plane = new Float32Array(memory.buffer, rays, 3 * RAYS);
  for (let ray = 0; ray < RAYS; ray++) {
    for (let axis = 0; axis < 3; axis++) plane[axis * RAYS + ray] = bundle[ray]![axis]!;
  }
  return SOLIDS.flatMap(([name, solid]) => {
    const encoded = new Uint8Array(PRIMITIVE_BYTES);
    encodeSolid(new DataView(encoded.buffer), 0, solid);
    const base = { stage: `simulator cast, ${name}`, item: "ray", items: RAYS };
    const run = (): void => {
      new Uint8Array(memory.buffer).set(encoded, primitive);
      kernels.clear(work, 4 * RAYS, RAYS / 4);
      kernels.cast(primitive, rays, 4 * RAYS, work, 4 * RAYS, RAYS / 4);
    };
    const reference = (): void => bundle.forEach((direction) => void castReference(encoded, direction, FAR));
    return [
      { ...base, variant: "simd", run },
      { ...base, variant: "typescript", run: reference },
    ];
  });
}
