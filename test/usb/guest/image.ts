import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { guestCache } from "./cache.ts";
import { cpioArchive } from "./cpio.ts";
import { rootFiles } from "./root-files.ts";

/** The guest's root as an archive, packed anew when anything in it is another. @returns its file. */
export async function guestImage(): Promise<string> {
  const files = await rootFiles();
  const hash = createHash("sha256");
  for (const { path, bytes, isProgram } of files)
    hash.update(`${path} ${isProgram} ${bytes.length} `).update(bytes);
  const folder = join(guestCache(), "guest-image");
  const name = `${hash.digest("hex").slice(0, 32)}.cpio`;
  const file = join(folder, name);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) rmSync(join(folder, old));
  writeFileSync(`${file}.part`, cpioArchive(files));
  renameSync(`${file}.part`, file);
  return file;
}
