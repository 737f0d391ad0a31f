import type { Scene } from "../scene.ts";
import { onlyKnown, type SceneSpec } from "../spec.ts";
import { furniture } from "./furniture.ts";
import { movingSolids } from "./movement.ts";
import { plants } from "./plants.ts";
import { RoomScene } from "./room-scene.ts";
import { shelf } from "./shelf.ts";
import { shell } from "./shell.ts";

/** The camera looks down by 6.9 degrees: sine 0.12. */
const PITCH_SINE = 0.12;
const PITCH_COSINE = Math.sqrt(1 - PITCH_SINE * PITCH_SINE);
const WORLD_FROM_CAMERA = [1, 0, 0, 0, PITCH_COSINE, PITCH_SINE, 0, -PITCH_SINE, PITCH_COSINE];

/**
 * `room`: the default scene, a furnished living room with a walking person, a bouncing ball and a ceiling fan, seen
 * from 1.3 m above the floor; everything in view is 1 to 7 m away. All of it is assumed.
 */
export function openRoom(spec: SceneSpec, module: WebAssembly.Module): Scene {
  onlyKnown(spec, []);
  const still = [...shell(), ...furniture(), ...shelf(), ...plants()];
  return new RoomScene(spec.text, module, {
    still,
    movingAt: movingSolids,
    worldFromCamera: WORLD_FROM_CAMERA,
  });
}
