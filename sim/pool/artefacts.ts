import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Running from sources (a loader translates them) or from build/js? */
export const RUNS_FROM_SOURCES = import.meta.url.endsWith(".ts");

const BUILD_FOLDER = new URL(RUNS_FROM_SOURCES ? "../../build/" : "../../../", import.meta.url);

/** Path of a file in the package's build folder. */
export function artefactPath(name: string): string {
  return fileURLToPath(new URL(name, BUILD_FOLDER));
}

/** @throws Error that names the file and the build step when it is missing. */
export function readArtefact(name: string): Uint8Array<ArrayBuffer> {
  const path = artefactPath(name);
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `build artefact ${name}: found nothing to read (${reason}), expected ${path}; run \`npm run build\``,
    );
  }
}
