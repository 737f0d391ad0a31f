import { rename, unlink, writeFile } from "node:fs/promises";

/** Write a file so that a reader sees the old content or all of the new one, whatever interrupts us. */
export async function writeFileAtomically(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}
