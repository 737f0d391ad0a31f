import type { LedProfile } from "../../../hw-profiles/device-profile.ts";
import { agedLuminance } from "../../emitter/led.ts";
import { photonsPerSPerIrradiance } from "../../light/radiometry.ts";
import { quoted, SceneError } from "../scene-error.ts";
import { numberOf, onlyKnown, type SceneSpec } from "../spec.ts";
import type { LightArea, LightGeometry, LightScene } from "./light-scene.ts";
import { checkArea, sameArea } from "./still-light.ts";

// Not modelled: the line's width (16 nm count as one wavelength), reflections between chip and lamp, changes of the line
// with age.

const LED = "perovskite-led";
/** Lumens per watt at the peak of photopic vision. */
const PEAK_LM_PER_W = 683;
/** Photopic V(lambda) of CIE 1924 around the LED's line, by nm. */
const PHOTOPIC: readonly (readonly [number, number])[] = [
  [510, 0.503],
  [515, 0.6082],
  [520, 0.71],
  [525, 0.7932],
];

const DEFAULT_LUMINANCE = 10_000;
/** Assumed: a pixel of 2 mm x 2 mm, 25 mm before the chip. */
const DEFAULT_AREA_MM2 = 4;
const DEFAULT_DISTANCE_MM = 25;
/** Assumed: films absorb above their edge, and half of the carriers made so far from the contact are lost. */
const DEFAULT_RESPONSE = 0.5;
const NS_PER_MIN = 60e9;

/**
 * `ageing-led:luminance=10000,minutes=0,speed=1,distance=25,area=4,response=0.5`
 *
 * The perovskite LED as a flat-field lamp before the bare chip: no lens, no filter. `minutes`: its age at time 0; `speed`:
 * minutes of age a minute of the camera, for a session in time-lapse; `response`: EQE at the LED's wavelength over that
 * at the design wavelength.
 */
export async function openAgeingLed(spec: SceneSpec, geometry: LightGeometry): Promise<LightScene> {
  onlyKnown(spec, ["luminance", "minutes", "speed", "distance", "area", "response"]);
  // Schemas of documents are loaded for this scene alone: worker threads start faster without.
  const { loadLightSource } = await import("../../../hw-profiles/load/load-part.ts");
  const led = loadLightSource(LED);
  if (led.type !== "led") throw new Error(`${LED}: found type ${led.type}, expected led`);
  const lamp = {
    led,
    luminance: numberOf(spec, "luminance", 1, 1e6, DEFAULT_LUMINANCE),
    distanceMm: numberOf(spec, "distance", 1, 1e4, DEFAULT_DISTANCE_MM),
    areaMm2: numberOf(spec, "area", 1e-3, 1e4, DEFAULT_AREA_MM2),
    response: numberOf(spec, "response", 0, 100, DEFAULT_RESPONSE),
  };
  const clock = {
    startMin: numberOf(spec, "minutes", 0, 1e9, 0),
    speed: numberOf(spec, "speed", 0, 1e6, 1),
  };
  return new AgeingLed(spec.text, geometry, lamp, clock);
}

interface Lamp {
  readonly led: LedProfile;
  /** Of the new LED, cd/m^2. */
  readonly luminance: number;
  readonly distanceMm: number;
  readonly areaMm2: number;
  readonly response: number;
}

interface Clock {
  readonly startMin: number;
  readonly speed: number;
}

class AgeingLed implements LightScene {
  readonly name: string;
  readonly moving = true;
  readonly #geometry: LightGeometry;
  readonly #lamp: Lamp;
  readonly #clock: Clock;
  /** Photons per second of the new LED on a pixel on the axis. */
  readonly #photonsPerS: number;
  readonly #shapes = new WeakMap<Float32Array, { readonly area: LightArea; readonly shape: Float32Array }>();

  constructor(name: string, geometry: LightGeometry, lamp: Lamp, clock: Clock) {
    this.name = name;
    this.#geometry = geometry;
    this.#lamp = lamp;
    this.#clock = clock;
    const { wavelengthNm } = lamp.led;
    const radiance = lamp.luminance / (PEAK_LM_PER_W * photopic(name, wavelengthNm));
    const irradiance = radiance * solidAngle(lamp);
    this.#photonsPerS = irradiance * lamp.response * photonsPerSPerIrradiance(geometry.pitchUm, wavelengthNm);
  }

  fill(area: LightArea, timeNs: number, photonsPerS: Float32Array): boolean {
    const shape = this.#shapeOf(area, photonsPerS);
    const { led, luminance } = this.#lamp;
    const ageMin = this.#clock.startMin + (timeNs / NS_PER_MIN) * this.#clock.speed;
    const level = this.#photonsPerS * (agedLuminance(led, luminance, ageMin) / luminance);
    for (let i = 0; i < shape.length; i++) photonsPerS[i] = level * shape[i]!;
    return true;
  }

  #shapeOf(area: LightArea, photonsPerS: Float32Array): Float32Array {
    const known = this.#shapes.get(photonsPerS);
    if (known !== undefined && sameArea(known.area, area)) return known.shape;
    checkArea(this.name, this.#geometry, area, photonsPerS);
    const shape = this.#fallOff(area);
    this.#shapes.set(photonsPerS, { area: { ...area }, shape });
    return shape;
  }

  /** Lambertian lamp and flat chip: cos^4 of the angle from the axis. */
  #fallOff({ firstRow, rows }: LightArea): Float32Array {
    const { heightPx, pitchUm, widthPx } = this.#geometry;
    const pitch = (pitchUm * 1e-3) / this.#lamp.distanceMm;
    const shape = new Float32Array(rows * widthPx);
    for (let row = 0, at = 0; row < rows; row++) {
      const y = (firstRow + row - (heightPx - 1) / 2) * pitch;
      for (let column = 0; column < widthPx; column++, at++) {
        const x = (column - (widthPx - 1) / 2) * pitch;
        shape[at] = 1 / ((1 + x * x + y * y) * (1 + x * x + y * y));
      }
    }
    return shape;
  }
}

/** Irradiance on the axis per radiance of a Lambertian disc of the LED's area, sr: A / (d^2 + A / pi). */
function solidAngle({ areaMm2, distanceMm }: Lamp): number {
  return areaMm2 / (distanceMm * distanceMm + areaMm2 / Math.PI);
}

function photopic(scene: string, wavelengthNm: number): number {
  for (let i = 1; i < PHOTOPIC.length; i++) {
    const [low, high] = [PHOTOPIC[i - 1]!, PHOTOPIC[i]!];
    if (wavelengthNm < low[0] || wavelengthNm > high[0]) continue;
    return low[1] + ((high[1] - low[1]) * (wavelengthNm - low[0])) / (high[0] - low[0]);
  }
  throw new SceneError({
    scene: quoted(scene),
    found: `an LED of ${wavelengthNm} nm`,
    expected: `${PHOTOPIC[0]![0]} to ${PHOTOPIC.at(-1)![0]} nm, where the eye's response is tabulated`,
    whatToDo: `Correct the wavelength of ${LED}.`,
  });
}
