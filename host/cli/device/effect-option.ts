import type { EffectSwitches } from "../../open-camera.ts";
import { nameList } from "../parse-value.ts";

/** "none,shotNoise,-lag" as switches: none and all forget what stands before them. Names are checked by the device. */
export function effectSwitches(text: string): EffectSwitches {
  let switches: Record<string, boolean> = {};
  for (const name of nameList(text)) {
    if (name === "none" || name === "all") switches = { all: name === "all" };
    else if (name.startsWith("-")) switches[name.slice(1)] = false;
    else switches[name] = true;
  }
  return switches;
}
