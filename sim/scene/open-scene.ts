import { openRoom } from "./room/room.ts";
import type { Scene } from "./scene.ts";
import { quoted, SceneError } from "./scene-error.ts";
import type { SceneOptions } from "./scene-options.ts";
import { parseNamed } from "./spec.ts";
import { openWall } from "./wall.ts";

/**
 * Open a scene by its name: `room`, `wall:…`.
 * Throws SceneError for anything wrong with the name or the file.
 */
export async function openScene(spec: string, options: SceneOptions): Promise<Scene> {
  const named = parseNamed(spec);
  if (named.head === "room") return openRoom(named, await compile(options));
  if (named.head === "wall") return openWall(named);
  throw new SceneError({
    scene: quoted(spec),
    found: "no scene of that name",
    expected: "room or wall:range=3",
    whatToDo: "Name one of them.",
  });
}

async function compile(options: SceneOptions): Promise<WebAssembly.Module> {
  return await WebAssembly.compile(options.traceWasm);
}
