import { describe, expect, it } from "vitest";
import { encodeSolid } from "../../../sim/scene/room/encode.ts";
import { box, capsule, ellipsoid, frustum, type Paint, type Solid } from "../../../sim/scene/room/solid.ts";
import { cross, length, scaled, type Vector } from "../../../sim/scene/room/vector.ts";
import { instantiateKernels, MemoryPlan } from "../../../sim/scene/trace/tracer.ts";
import { castReference, type Hit } from "../../reference/trace/solids.ts";
import { repeatable, traceModule } from "./support.ts";

const RAYS = 64;
const SOLIDS = 400;
const FAR: Hit = { t: Math.fround(1e30), signal: 0, ambient: 0 };

type Random = () => number;

function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

function somewhere(random: Random, spread: number): Vector {
  return [between(random, -spread, spread), between(random, -spread, spread), between(random, 1, 6)];
}

function unit(a: Vector): Vector {
  return scaled(a, 1 / length(a));
}

function randomPaint(random: Random): Paint {
  const cellM: Vector = [0.1 * random(), random() < 0.3 ? 0 : 0.3 * random(), 0.2 * random()];
  const patterns = [undefined, "hashed", "checker"] as const;
  const pattern = patterns[Math.floor(3 * random())];
  const paint = { rho: random(), contrast: random(), cellM, seed: Math.floor(1e6 * random()) };
  return pattern === undefined ? paint : { ...paint, pattern };
}

function randomAxes(random: Random): [Vector, Vector, Vector] {
  const x = unit(somewhere(random, 3));
  const y = unit(cross(x, unit(somewhere(random, 3))));
  return [x, y, cross(x, y)];
}

function randomSize(random: Random): Vector {
  return [between(random, 0.05, 2), between(random, 0.05, 2), between(random, 0.05, 2)];
}

const MAKERS: Readonly<Record<string, (random: Random) => Solid>> = {
  box: (random) => box(randomPaint(random), somewhere(random, 2), randomSize(random), randomAxes(random)),
  ellipsoid: (random) =>
    ellipsoid(randomPaint(random), somewhere(random, 2), scaled(randomSize(random), 0.5)),
  capsule: (random) =>
    capsule(randomPaint(random), somewhere(random, 2), somewhere(random, 2), between(random, 0.03, 0.7)),
  frustum: (random) =>
    frustum(
      randomPaint(random),
      somewhere(random, 2),
      between(random, 0.8, 2),
      between(random, 0.02, 0.5),
      between(random, 0.02, 0.7),
    ),
};

class Bench {
  readonly #plan = new MemoryPlan();
  readonly #primitive = this.#plan.take(128);
  readonly #directions = this.#plan.take(12 * RAYS);
  readonly #work = this.#plan.take(12 * RAYS);
  readonly #memory = this.#plan.createMemory();
  readonly #kernels = instantiateKernels(traceModule, this.#memory);

  cast(solids: readonly Solid[], directions: readonly Vector[]): { hits: Hit[]; encoded: Uint8Array[] } {
    const plane = new Float32Array(this.#memory.buffer, this.#directions, 3 * RAYS);
    directions.forEach((d, i) => {
      for (let axis = 0; axis < 3; axis++) plane[axis * RAYS + i] = d[axis]!;
    });
    this.#kernels.clear(this.#work, 4 * RAYS, RAYS / 4);
    const encoded = solids.map((solid) => {
      encodeSolid(new DataView(this.#memory.buffer), this.#primitive, solid);
      this.#kernels.cast(this.#primitive, this.#directions, 4 * RAYS, this.#work, 4 * RAYS, RAYS / 4);
      return new Uint8Array(this.#memory.buffer.slice(this.#primitive, this.#primitive + 128));
    });
    const out = new Float32Array(this.#memory.buffer, this.#work, 3 * RAYS);
    const hits = directions.map((_, i) => ({
      t: out[i]!,
      signal: out[RAYS + i]!,
      ambient: out[2 * RAYS + i]!,
    }));
    return { hits, encoded };
  }
}

function randomDirections(random: Random): Vector[] {
  return Array.from({ length: RAYS }, (_, i) => {
    const d = unit([between(random, -0.7, 0.7), i === 0 ? 0 : between(random, -0.7, 0.7), 1]);
    return [Math.fround(i === 1 ? 0 : d[0]), Math.fround(d[1]), Math.fround(d[2])];
  });
}

describe("tracing kernels against the scalar reference, bit for bit", () => {
  for (const [name, make] of Object.entries(MAKERS)) {
    it(`${name}: ${SOLIDS} solids, ${RAYS} rays each`, () => {
      const random = repeatable(name.length * 7919 + 1);
      const bench = new Bench();
      let met = 0;
      for (let i = 0; i < SOLIDS; i++) {
        const directions = randomDirections(random);
        const { hits, encoded } = bench.cast([make(random)], directions);
        const expected = directions.map((d) => castReference(encoded[0]!, d, FAR));
        expect(hits).toEqual(expected);
        met += hits.filter((hit) => hit.t < 1e29).length;
      }
      expect(met).toBeGreaterThan(SOLIDS);
    });
  }

  it("the nearest of several solids wins, whatever their order", () => {
    const random = repeatable(4711);
    const bench = new Bench();
    for (let i = 0; i < 50; i++) {
      const directions = randomDirections(random);
      const solids = Array.from({ length: 8 }, (_, k) => Object.values(MAKERS)[k % 4]!(random));
      const { hits, encoded } = bench.cast(solids, directions);
      const expected = directions.map((d) =>
        encoded.reduce((hit, bytes) => castReference(bytes, d, hit), FAR),
      );
      expect(hits).toEqual(expected);
      expect(bench.cast([...solids].reverse(), directions).hits).toEqual(hits);
    }
  });
});
