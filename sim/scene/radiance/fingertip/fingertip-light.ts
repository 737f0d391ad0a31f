import { irradiancePerRadiance, photonsPerSPerIrradiance } from "../../../light/radiometry.ts";
import type { LightArea, LightGeometry, LightScene } from "../light-scene.ts";
import { checkArea, sameArea } from "../still-light.ts";
import type { Heart } from "./heart.ts";
import { tissueRadiance } from "./tissue.ts";

export interface FingertipSettings {
  /** In-band irradiance of the lamp on the skin, W/m^2. */
  readonly lampWPerM2: number;
  /** Fall of the light from diastole to systole, share of the light halfway. */
  readonly modulation: number;
  /** Amplitude of the breath's slow change, share of the mean. */
  readonly drift: number;
  /** Amplitude of the finger's sway along x, share of half the picture's width. */
  readonly motion: number;
}

/** Diffuse reflectance of skin and flesh in the near infrared (assumed: half of what a white surface sends back). */
const TISSUE_REFLECTANCE = 0.5;
/** Light beside the finger, share of the finger's (assumed: a dark housing). */
const BACKGROUND = 0.05;
/** The finger sways once in so many seconds (assumed). */
const SWAY_PERIOD_S = 3.7;
const NS_PER_S = 1e9;

/** What one array of a caller holds. */
interface Painted {
  readonly area: LightArea;
  /** Light of the tissue at rest. */
  readonly tissue: Float32Array;
}

/** A fingertip under a lamp: more blood, less light. */
export class FingertipLight implements LightScene {
  readonly name: string;
  readonly moving = true;
  readonly #geometry: LightGeometry;
  readonly #heart: Heart;
  readonly #settings: FingertipSettings;
  readonly #photonsPerS: number;
  readonly #painted = new WeakMap<Float32Array, Painted>();

  constructor(name: string, geometry: LightGeometry, heart: Heart, settings: FingertipSettings) {
    this.name = name;
    this.#geometry = geometry;
    this.#heart = heart;
    this.#settings = settings;
    const radiance = (TISSUE_REFLECTANCE * settings.lampWPerM2) / Math.PI;
    const irradiance = radiance * irradiancePerRadiance(geometry.optics);
    this.#photonsPerS = irradiance * photonsPerSPerIrradiance(geometry.pitchUm, geometry.wavelengthNm);
  }

  fill(area: LightArea, timeNs: number, photonsPerS: Float32Array): boolean {
    const tissue = this.#tissueOf(area, timeNs, photonsPerS);
    const level = this.level(timeNs / NS_PER_S) * this.#photonsPerS;
    const background = BACKGROUND * this.#photonsPerS;
    for (let i = 0; i < tissue.length; i++) photonsPerS[i] = background + level * tissue[i]!;
    return true;
  }

  /** Light of the finger: 1 + drift x breath - modulation x (pulse - 1/2), 1 halfway between diastole and systole. */
  level(timeS: number): number {
    const { drift, modulation } = this.#settings;
    return 1 + drift * this.#heart.breath(timeS) - modulation * (this.#heart.pulse(timeS) - 0.5);
  }

  #tissueOf(area: LightArea, timeNs: number, photonsPerS: Float32Array): Float32Array {
    const known = this.#painted.get(photonsPerS);
    const isKnown = known !== undefined && sameArea(known.area, area);
    if (isKnown && this.#settings.motion === 0) return known.tissue;
    checkArea(this.name, this.#geometry, area, photonsPerS);
    const tissue = isKnown ? known.tissue : new Float32Array(photonsPerS.length);
    this.#paint(area, this.#sway(timeNs / NS_PER_S), tissue);
    if (!isKnown) this.#painted.set(photonsPerS, { area: { ...area }, tissue });
    return tissue;
  }

  /** A triangle wave: the finger's place, share of half the width. */
  #sway(timeS: number): number {
    const turns = timeS / SWAY_PERIOD_S;
    return this.#settings.motion * (4 * Math.abs(turns - Math.floor(turns) - 0.5) - 1);
  }

  #paint({ firstRow, rows }: LightArea, shift: number, tissue: Float32Array): void {
    const { heightPx, widthPx } = this.#geometry;
    for (let row = 0, at = 0; row < rows; row++) {
      const y = (2 * (firstRow + row) + 1) / heightPx - 1;
      for (let column = 0; column < widthPx; column++, at++)
        tissue[at] = tissueRadiance((2 * column + 1) / widthPx - 1 - shift, y);
    }
  }
}
