import {
  add,
  along,
  div,
  dot,
  f32,
  from,
  mul,
  pmax,
  pmin,
  sqrt,
  sub,
  type Triple,
  times,
  without,
} from "./scalar.ts";

// Reference of sim/kernels/trace: one ray at a time, written from the primitive's documented layout with its own offsets.

export interface Hit {
  readonly t: number;
  readonly signal: number;
  readonly ambient: number;
}

/** What a shape says about a ray: where it is met, how it faces the ray, how it faces the sun, its texture's place. */
interface Meeting {
  readonly t: number;
  readonly facing: number;
  readonly lit: number;
  readonly local: Triple;
}

const SUN: Triple = [f32(2 / 7), f32(-6 / 7), f32(-3 / 7)];
const NEAREST = f32(0.05);

/** A primitive's 128 bytes. */
class Primitive {
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, 128);
  }

  int(offset: number): number {
    return this.#view.getInt32(offset, true);
  }

  f(offset: number): number {
    return this.#view.getFloat32(offset, true);
  }

  v(offset: number): Triple {
    return [this.f(offset), this.f(offset + 4), this.f(offset + 8)];
  }
}

/** Cast one ray at one primitive; `before` stays if it is nearer or nothing is met. */
export function castReference(bytes: Uint8Array, d: Triple, before: Hit): Hit {
  const p = new Primitive(bytes);
  const shape = [meetBox, meetEllipsoid, meetCapsule, meetFrustum][p.int(0)]!;
  const met = shape(p, d);
  if (met === undefined || !(met.t > NEAREST) || !(met.t < before.t)) return before;
  const rho = reflectance(p, met.local);
  const light = add(f32(0.3), mul(f32(0.7), pmax(0, met.lit)));
  return { t: met.t, signal: mul(rho, met.facing), ambient: mul(rho, light) };
}

function reflectance(p: Primitive, local: Triple): number {
  const texture = p.int(4);
  if (texture === 0) return p.f(8);
  const cells = local.map((value, axis) =>
    Math.floor(add(mul(value, p.f(16 + 4 * axis)), p.f(28 + 4 * axis))),
  ) as unknown as Triple;
  const level = texture === 2 ? (cells[0] + cells[1] + cells[2]) & 1 : hashed(cells, p.int(40));
  return add(p.f(8), mul(p.f(12), level));
}

function hashed([x, y, z]: Triple, seed: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ Math.imul(z, 0xc2b2ae3d) ^ seed;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  h ^= h >>> 16;
  return (h >>> 8) / 16777216;
}

function meetBox(p: Primitive, world: Triple): Meeting | undefined {
  const centre = p.v(84);
  const half = p.v(96);
  const d = [0, 1, 2].map((row) => add(dot(p.v(48 + 12 * row), world), f32(1e-20))) as unknown as Triple;
  const slabs = d.map((component, axis) => {
    const inverse = div(1, component);
    const middle = mul(centre[axis]!, inverse);
    const reach = mul(half[axis]!, Math.abs(inverse));
    return { enter: sub(middle, reach), leave: add(middle, reach) };
  });
  const [x, y, z] = slabs as [(typeof slabs)[0], (typeof slabs)[0], (typeof slabs)[0]];
  const t = pmax(pmax(x.enter, y.enter), z.enter);
  if (!(t <= pmin(pmin(x.leave, y.leave), z.leave))) return undefined;
  const axis = x.enter >= pmax(y.enter, z.enter) ? 0 : y.enter >= z.enter ? 1 : 2;
  const sun = p.f(108 + 4 * axis);
  return { t, facing: Math.abs(d[axis]!), lit: d[axis]! > 0 ? -sun : sun, local: from(t, d, centre) };
}

function meetEllipsoid(p: Primitive, d: Triple): Meeting {
  const centre = p.v(48);
  const inverse = p.v(60);
  const s = times(d, inverse);
  const a = dot(s, s);
  const foot = div(dot(s, centre), a);
  const q = without(centre, foot, s);
  const t = sub(foot, sqrt(div(sub(1, dot(q, q)), a)));
  const normal = times(from(t, s, centre), inverse);
  const size = sqrt(dot(normal, normal));
  return {
    t,
    facing: Math.abs(div(dot(normal, d), size)),
    lit: div(dot(normal, SUN), size),
    local: from(t, d, p.v(72)),
  };
}

function meetCapsule(p: Primitive, d: Triple): Meeting | undefined {
  const [end, axis, length, radius] = [p.v(48), p.v(60), p.f(72), p.f(76)];
  const radius2 = mul(radius, radius);
  const endAlong = dot(end, axis);
  const across = without(end, endAlong, axis);
  const dAlong = dot(d, axis);
  const s = without(d, dAlong, axis);
  const a = dot(s, s);
  const foot = div(dot(s, across), a);
  const q = without(across, foot, s);
  const inside = sub(radius2, dot(q, q));
  if (!(inside >= 0)) return undefined;
  const tubeT = sub(foot, sqrt(div(inside, a)));
  const tubeAt = sub(mul(tubeT, dAlong), endAlong);
  const at = pmin(pmax(tubeAt, 0), length);
  const centre = along(end, at, axis);
  const t = tubeAt === at ? tubeT : meetBall(d, centre, radius2);
  const normal = from(t, d, centre).map((value) => div(value, radius)) as unknown as Triple;
  return { t, facing: Math.abs(dot(normal, d)), lit: dot(normal, SUN), local: from(t, d, end) };
}

function meetBall(d: Triple, centre: Triple, radius2: number): number {
  const foot = dot(d, centre);
  const q = without(centre, foot, d);
  return sub(foot, sqrt(sub(radius2, dot(q, q))));
}

function meetFrustum(p: Primitive, d: Triple): Meeting | undefined {
  const [cx, cz, top, bottom, radius0, slope] = [p.f(48), p.f(52), p.f(56), p.f(60), p.f(64), p.f(68)];
  const constant = sub(add(mul(cx, cx), mul(cz, cz)), mul(radius0, radius0));
  const a = sub(add(mul(d[0], d[0]), mul(d[2], d[2])), mul(mul(slope, slope), mul(d[1], d[1])));
  const b = dot([d[0], d[2], d[1]], [cx, cz, mul(slope, radius0)]);
  const mantleT = div(sub(b, sqrt(sub(mul(b, b), mul(a, constant)))), a);
  const mantleY = mul(mantleT, d[1]);
  const onMantle = mantleY >= top && mantleY <= bottom;
  const down = d[1] > 0;
  const lidY = down ? top : bottom;
  const lidT = div(lidY, d[1]);
  const [lidX, lidZ] = [sub(mul(lidT, d[0]), cx), sub(mul(lidT, d[2]), cz)];
  const lidRadius = add(radius0, mul(slope, lidY));
  const onLid = add(mul(lidX, lidX), mul(lidZ, lidZ)) <= mul(lidRadius, lidRadius);
  if (!onMantle && !onLid) return undefined;
  const t = onMantle ? mantleT : lidT;
  const local = from(t, d, [cx, top, cz]);
  const radius = sqrt(add(mul(local[0], local[0]), mul(local[2], local[2])));
  const normal: Triple = onMantle ? [local[0], -mul(slope, radius), local[2]] : [0, down ? -1 : 1, 0];
  const size = sqrt(dot(normal, normal));
  return { t, facing: Math.abs(div(dot(normal, d), size)), lit: div(dot(normal, SUN), size), local };
}
