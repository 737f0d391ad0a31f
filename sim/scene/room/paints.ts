import type { Paint } from "./solid.ts";

/**
 * Diffuse reflectances at 940 nm. All assumed: wall paint, textiles and wood are bright in the near infrared (most
 * dyes are transparent there), plants reflect about half, black plastic and rubber stay dark, glass sends next to
 * nothing back.
 */
export const WALL: Paint = { rho: 0.8 };
export const BACK_WALL: Paint = {
  rho: 0.76,
  contrast: 0.04,
  pattern: "hashed",
  cellM: [0.6, 0, 0],
  seed: 11,
};
export const CEILING: Paint = { rho: 0.86 };
export const PLANKS: Paint = { rho: 0.42, contrast: 0.2, pattern: "hashed", cellM: [0.14, 0, 1.3], seed: 3 };
export const RUG: Paint = { rho: 0.28, contrast: 0.34, pattern: "checker", cellM: [0.24, 0, 0.24] };
export const SKIRTING: Paint = { rho: 0.75 };
export const DOOR: Paint = { rho: 0.68 };
export const FRAME: Paint = { rho: 0.84 };
export const GLASS: Paint = { rho: 0.03 };
export const CURTAIN: Paint = { rho: 0.64 };
export const OAK: Paint = { rho: 0.45, contrast: 0.14, pattern: "hashed", cellM: [0, 0, 0.09], seed: 5 };
export const BEECH: Paint = { rho: 0.52 };
export const WALNUT: Paint = { rho: 0.32, contrast: 0.08, pattern: "hashed", cellM: [0.11, 0, 0], seed: 8 };
export const SOFA: Paint = { rho: 0.52 };
export const CUSHION: Paint = { rho: 0.34, contrast: 0.36, pattern: "checker", cellM: [0.09, 0.09, 0] };
export const PILLOW: Paint = { rho: 0.7 };
export const STEEL: Paint = { rho: 0.25 };
export const LAMPSHADE: Paint = { rho: 0.68 };
export const CERAMIC: Paint = { rho: 0.74 };
export const TERRACOTTA: Paint = { rho: 0.48 };
export const LEAF: Paint = {
  rho: 0.5,
  contrast: 0.08,
  pattern: "hashed",
  cellM: [0.05, 0.05, 0.05],
  seed: 21,
};
export const SOIL: Paint = { rho: 0.18 };
export const BLACK_PLASTIC: Paint = { rho: 0.07 };
export const SCREEN: Paint = { rho: 0.05 };
export const FRUIT: Paint = { rho: 0.58 };
export const PICTURE: Paint = {
  rho: 0.15,
  contrast: 0.6,
  pattern: "hashed",
  cellM: [0.15, 0.12, 0],
  seed: 31,
};
export const GLOBE: Paint = {
  rho: 0.25,
  contrast: 0.4,
  pattern: "hashed",
  cellM: [0.06, 0.06, 0.06],
  seed: 41,
};
export const SKIN: Paint = { rho: 0.57 };
export const HAIR: Paint = { rho: 0.2 };
export const SHIRT: Paint = { rho: 0.4, contrast: 0.22, pattern: "hashed", cellM: [0, 0.06, 0], seed: 51 };
export const TROUSERS: Paint = { rho: 0.45 };
export const SHOE: Paint = { rho: 0.14 };
export const BALL: Paint = { rho: 0.3, contrast: 0.45, pattern: "checker", cellM: [0.11, 0.11, 0.11] };
export const FAN_BLADE: Paint = { rho: 0.5 };

/** Backs of books: a shade each. */
export function bookPaint(seed: number): Paint {
  return { rho: 0.15, contrast: 0.6, pattern: "hashed", seed };
}
