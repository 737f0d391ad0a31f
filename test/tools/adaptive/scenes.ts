import { join } from "node:path";
import { sharedScan } from "../../support/cqd.ts";
import { writePanels } from "./panels.ts";

export interface CampaignScene {
  readonly name: string;
  readonly profile: string;
  readonly scene: string;
  readonly ambientSun: number;
  readonly periodS?: number;
  /** Uniform and planned frames that count. */
  readonly frames: number;
}

const SMALL = "inas-lidar-64x48";
const INDOORS = 0.02;

/** Scenes where few depths permit a gain, and scenes where little or nothing is to be had. @param folder for files that are made. */
export async function campaignScenes(folder: string, frames: number): Promise<CampaignScene[]> {
  const panels = join(folder, "panels.obj");
  await writePanels(panels, [2.5, 5, 9]);
  const small = (name: string, scene: string, ambientSun = INDOORS): CampaignScene => ({
    name,
    profile: SMALL,
    scene,
    ambientSun,
    frames,
  });
  const wall = (rangeM: number, ambientSun = INDOORS) =>
    small(
      `wall at ${rangeM} m${ambientSun === 1 ? ", full sun" : ""}`,
      `wall:range=${rangeM},radial=1`,
      ambientSun,
    );
  return [
    ...[2, 3, 4, 6, 9].map((rangeM) => wall(rangeM)),
    wall(4, 1),
    small("panels at 2.5, 5 and 9 m", panels),
    small("slope from 2 to 9 m", "wall:range=2,to=9"),
    small("slope from 1 to 18 m", "wall:range=1,to=18"),
    small("room", "room"),
    small("room, full sun", "room", 1),
    { ...small("room, a frame each 0.5 s: a person walks", "room"), periodS: 0.5 },
    ...scans(frames),
    small("wall at 0.8 m, near saturation", "wall:range=0.8,radial=1"),
    small("nothing within the window", "wall:range=60,radial=1"),
    { ...small("PbS: wall at 4 m", "wall:range=4,radial=1"), profile: "pbs-lidar-320x240", frames: 2 },
    { ...small("PbS: room", "room"), profile: "pbs-lidar-320x240", frames: 2 },
  ];
}

/** Real scans that lie beside the repository. */
function scans(frames: number): CampaignScene[] {
  return ["office1.pcd", "OS-1-128_v2.3.0_1024x10_lb_n3.pcap", "OS-0-32-U1_v2.2.0_1024x10.pcap"].flatMap(
    (name) => {
      const scene = sharedScan(name);
      return scene === undefined ? [] : [{ name, profile: SMALL, scene, ambientSun: INDOORS, frames }];
    },
  );
}
