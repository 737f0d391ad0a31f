import { readFile, stat } from "node:fs/promises";
import { quoted, SceneError } from "./scene-error.ts";

const MAX_FILE_BYTES = 1024 * 1024 * 1024;

/** The bytes of a scene file. Throws SceneError if it cannot be read or is larger than 1 GiB. */
export async function readSceneFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readFileIfThere(path);
  if (bytes !== undefined) return bytes;
  throw new SceneError({
    scene: quoted(path),
    found: "no such file",
    expected: "a file that exists, or room, or wall:range=3",
    whatToDo: "Check the path.",
  });
}

/** Like readSceneFile; undefined if the file does not exist. */
export async function readFileIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw unreadable(path, "something that is no file");
    if (found.size > MAX_FILE_BYTES) throw unreadable(path, `${found.size} bytes`);
    const buffer = await readFile(path);
    return new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.byteLength);
  } catch (error) {
    if (error instanceof SceneError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "an error";
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ERR_INVALID_ARG_VALUE") return undefined;
    throw unreadable(path, `${code} on reading`);
  }
}

function unreadable(path: string, found: string): SceneError {
  return new SceneError({
    scene: quoted(path),
    found,
    expected: `a readable file of at most ${MAX_FILE_BYTES} bytes`,
    whatToDo: "Check the path and its permissions.",
  });
}
