import { quoted, SceneError } from "../../scene-error.ts";
import { numberOf, onlyKnown, type SceneSpec } from "../../spec.ts";
import { DEFAULT_LAMP_W_PER_M2 } from "../lamp-light.ts";
import type { LightGeometry, LightScene } from "../light-scene.ts";
import { FingertipLight } from "./fingertip-light.ts";
import { Heart } from "./heart.ts";

const [MIN_RATE_BPM, MAX_RATE_BPM] = [30, 240];
const MAX_LAMP_W_PER_M2 = 1e6;
const MAX_PERSON = 2 ** 32 - 1;

// Assumed, all of them: usual figures of finger pulses in the near infrared.
const DEFAULT_RATE_BPM = 72;
const DEFAULT_MODULATION = 0.015;
const DEFAULT_BREATHING_PER_MIN = 14;
const DEFAULT_DRIFT = 0.005;
const DEFAULT_VARIABILITY = 0.02;

/**
 * `fingertip:rate=72,modulation=0.015,breathing=14,drift=0.005,variability=0.02,lamp=2,motion=0,person=1`
 *
 * A fingertip before the lens in the light of a lamp; the pulse of its blood changes the light by `modulation`.
 */
export function openFingertip(spec: SceneSpec, geometry: LightGeometry): LightScene {
  onlyKnown(spec, ["rate", "modulation", "breathing", "drift", "variability", "lamp", "motion", "person"]);
  const person = numberOf(spec, "person", 0, MAX_PERSON, 1);
  if (!Number.isInteger(person)) throw notWhole(spec, person);
  const heart = new Heart({
    rateBpm: numberOf(spec, "rate", MIN_RATE_BPM, MAX_RATE_BPM, DEFAULT_RATE_BPM),
    breathingPerMin: numberOf(spec, "breathing", 0, 60, DEFAULT_BREATHING_PER_MIN),
    variability: numberOf(spec, "variability", 0, 0.2, DEFAULT_VARIABILITY),
    person,
  });
  return new FingertipLight(spec.text, geometry, heart, {
    lampWPerM2: numberOf(spec, "lamp", 0, MAX_LAMP_W_PER_M2, DEFAULT_LAMP_W_PER_M2),
    modulation: numberOf(spec, "modulation", 0, 0.2, DEFAULT_MODULATION),
    drift: numberOf(spec, "drift", 0, 0.5, DEFAULT_DRIFT),
    motion: numberOf(spec, "motion", 0, 0.5, 0),
  });
}

function notWhole(spec: SceneSpec, person: number): SceneError {
  return new SceneError({
    scene: quoted(spec.text),
    found: `person=${person}`,
    expected: "a whole number: it is the seed of the heart's phases",
    whatToDo: "Correct person.",
  });
}
