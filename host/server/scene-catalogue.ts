import { readdirSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { Choice } from "./messages.ts";

/** A scene that a page may choose: its id is told to pages, its text is what the simulator opens. */
export interface CatalogueScene extends Choice {
  readonly sceneText: string;
}

/** Named like the simulator's own errors about scenes, so that the command line knows it for bad input. */
class SceneFolderError extends Error {
  override readonly name = "SceneError";
}

/** Scenes that need no file. */
const BUILT_IN: readonly (readonly [string, string])[] = [
  ["room", "Furnished room"],
  ["wall:range=3", "Wall at 3 m"],
];

const FILE_TYPES: ReadonlySet<string> = new Set([".pcd", ".png", ".ply", ".obj", ".glb"]);

/**
 * Scenes to choose from: those given at the start, in their order, a folder standing for the scene files in it,
 * then the built-in ones. Ids are numbers within this run, so that a page never names a path.
 */
export function sceneCatalogue(given: readonly string[]): readonly CatalogueScene[] {
  const scenes = given.flatMap((text) => (isFolder(text) ? filesIn(text) : [titled(text)]));
  for (const [sceneText, title] of BUILT_IN) {
    if (!scenes.some((scene) => scene.sceneText === sceneText)) scenes.push({ sceneText, title });
  }
  return scenes.map((scene, index) => ({ ...scene, id: `scene-${index}` }));
}

function filesIn(folder: string): { sceneText: string; title: string }[] {
  const names = readdirSync(folder).filter((name) => FILE_TYPES.has(extname(name).toLowerCase()));
  if (names.length === 0) {
    throw new SceneFolderError(
      `found no scene in the folder ${folder}, expected files of type ${[...FILE_TYPES].join(", ")}`,
    );
  }
  return names.sort().map((name) => titled(join(folder, name)));
}

function titled(sceneText: string): { sceneText: string; title: string } {
  const builtIn = BUILT_IN.find(([text]) => text === sceneText);
  return { sceneText, title: builtIn?.[1] ?? basename(sceneText) };
}

function isFolder(text: string): boolean {
  return statSync(text, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
