import { openPcd } from "./depth/open-pcd.ts";
import { openPng } from "./depth/open-png.ts";
import { openRoom } from "./room/room.ts";
import type { Scene } from "./scene.ts";
import { quoted, SceneError } from "./scene-error.ts";
import type { SceneOptions } from "./scene-options.ts";
import { fileType, parseNamed, parsePath, type SceneSpec } from "./spec.ts";
import { openWall } from "./wall.ts";

type Opener = (spec: SceneSpec, module: WebAssembly.Module, options: SceneOptions) => Scene | Promise<Scene>;

const NAMED: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  ["room", openRoom],
  ["wall", openWall],
]);

const FILES: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  ["pcd", openPcd],
  ["png", openPng],
  ["ply", async (spec, _module, options) => (await meshes()).openPly(spec, options)],
  ["obj", async (spec, _module, options) => (await meshes()).openObj(spec, options)],
  ["glb", async (spec, _module, options) => (await meshes()).openGlb(spec, options)],
  [
    "pcap",
    async (spec, _module, options) => (await import("./ouster/open-ouster.ts")).openOuster(spec, options),
  ],
]);

/** Types of the files that openScene reads. */
export const SCENE_FILE_TYPES: readonly string[] = [...FILES.keys()];

/** Loaded when needed: three takes longer to import than most scenes to open. */
async function meshes() {
  return await import("./mesh/open-mesh.ts");
}

/**
 * Open a scene: `room`, `wall:range=3,…` (wall.ts), or a file by its extension, with settings after a question mark.
 * Two scenes opened from the same text give the same hits. Throws SceneError for anything wrong with text or file.
 */
export async function openScene(text: string, options: SceneOptions): Promise<Scene> {
  const opener = NAMED.get(text.split(":")[0] ?? "");
  if (opener !== undefined)
    return opener(parseNamed(text), await WebAssembly.compile(options.traceWasm), options);
  const file = parsePath(text);
  const extension = fileType(file.head);
  const fileOpener = FILES.get(extension);
  if (fileOpener !== undefined)
    return fileOpener(file, await WebAssembly.compile(options.traceWasm), options);
  throw new SceneError({
    scene: quoted(text),
    found: extension === "" ? "no scene of that name" : `a file of type ${quoted(extension)}`,
    expected: `${[...NAMED.keys()].join(", ")}, or a file of type ${[...FILES.keys()].join(", ")}`,
    whatToDo: "Name one of them.",
  });
}
