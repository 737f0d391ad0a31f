import { bootModule } from "../../tools/campaign-flash/boot-module.ts";
import { GEOMETRIES } from "../../tools/campaign-flash/geometries.ts";
import { Rig } from "../../tools/campaign-flash/rig.ts";
import { campaignImages, FIRST, fill } from "../../tools/campaign-flash/scenarios.ts";

/** A board with the first image of the campaign in slot 0. */
export function boardWithFirst(geometry = 0): Rig {
  const named = GEOMETRIES[geometry]!;
  const rig = new Rig(bootModule(), named, campaignImages(named));
  fill(rig, 0, FIRST);
  rig.know({ current: FIRST, floor: 1 });
  return rig;
}
