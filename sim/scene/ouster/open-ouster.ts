import { checkMesh } from "../mesh/mesh.ts";
import { openMesh } from "../mesh/mesh-scene.ts";
import { readFileIfThere, readSceneFile } from "../read-file.ts";
import type { Scene } from "../scene.ts";
import { quoted, SceneError } from "../scene-error.ts";
import type { SceneOptions } from "../scene-options.ts";
import { numberOf, onlyKnown, type SceneSpec } from "../spec.ts";
import { udpDatagrams } from "./datagrams.ts";
import { type OusterMetadata, parseMetadata } from "./metadata.ts";
import { readPcap } from "./pcap.ts";
import { readScans, type Scan } from "./scan.ts";
import { scanMesh } from "./scan-mesh.ts";

const LARGEST_FRAME = 1e6;
/** A wall that runs along the line of sight is still a wall up to here (assumed). */
const DEFAULT_SLANT_DEG = 80;

/**
 * `capture.pcap[?frame=0&yaw=0&slant=80]`: one scan of an Ouster lidar, seen from its own place, with the sensor's metadata
 * beside it (metadataPaths). The first return of every beam is taken.
 */
export async function openOuster(spec: SceneSpec, options: SceneOptions): Promise<Scene> {
  onlyKnown(spec, ["frame", "yaw", "slant"]);
  const scene = quoted(spec.head);
  const yawDeg = numberOf(spec, "yaw", -360, 360, 0);
  const slantDeg = numberOf(spec, "slant", 0, 90, DEFAULT_SLANT_DEG);
  const pcap = readPcap(scene, await readSceneFile(spec.head));
  const metadata = await readMetadata(spec.head);
  const scans = readScans(scene, metadata, udpDatagrams(scene, pcap));
  const mesh = scanMesh(metadata, chooseScan(spec, scans), { yawDeg, slantDeg });
  checkMesh(scene, mesh);
  return openMesh(spec.text, mesh, options.onProgress);
}

function chooseScan(spec: SceneSpec, scans: readonly Scan[]): Scan {
  const frame = numberOf(spec, "frame", 0, LARGEST_FRAME, 0);
  const scan = scans[frame];
  if (scan !== undefined) return scan;
  throw new SceneError({
    scene: quoted(spec.text),
    found: `frame=${frame}`,
    expected: `an integer from 0 to ${scans.length - 1}`,
    whatToDo: `The capture has ${scans.length} ${scans.length === 1 ? "scan" : "scans"}.`,
  });
}

/**
 * Where the metadata are looked for: `a_b_c.json` beside `a_b_c.pcap`, then `a_b.json` and `a.json`, as one sensor's
 * metadata serve several captures.
 */
export function metadataPaths(path: string): readonly string[] {
  const [, folder = "", name = ""] = /^(.*[/\\])?([^/\\]*?)(\.[^./\\]*)?$/.exec(path) ?? [];
  const parts = name.split("_");
  return parts.map((_, i) => `${folder}${parts.slice(0, parts.length - i).join("_")}.json`);
}

async function readMetadata(path: string): Promise<OusterMetadata> {
  const paths = metadataPaths(path);
  for (const candidate of paths) {
    const bytes = await readFileIfThere(candidate);
    if (bytes !== undefined) return parseMetadata(quoted(candidate), new TextDecoder().decode(bytes));
  }
  throw new SceneError({
    scene: quoted(path),
    found: "no metadata beside the capture",
    expected: `a file ${quoted(paths[0] ?? "")}`,
    whatToDo: "Save the sensor's metadata (its HTTP API: /api/v1/sensor/metadata) under that name.",
  });
}
