import { readFile } from "node:fs/promises";
import { DEVELOPMENT_KEY, type ImageKey } from "../../image/image-key.ts";
import {
  developmentSigningKey,
  readPrivateKey,
  readPublicKey,
  type SigningKey,
} from "../../image/node/keys.ts";

/** The key to sign with: of a PEM file, or the development key. @throws ImageError. */
export async function signingKeyOf(file: string | undefined): Promise<SigningKey> {
  return file === undefined ? developmentSigningKey() : readPrivateKey(await readFile(file, "utf8"), file);
}

/** The keys of a board's slots: of PEM files, or the development key. @throws ImageError. */
export async function boardKeysOf(files: readonly string[]): Promise<readonly ImageKey[]> {
  if (files.length === 0) return [DEVELOPMENT_KEY];
  return await Promise.all(files.map(async (file) => readPublicKey(await readFile(file, "utf8"), file)));
}
