import { writeFile } from "node:fs/promises";
import { ImageError } from "../../image/image-error.ts";
import { hexText } from "../../image/manifest.ts";
import { generateKey } from "../../image/node/keys.ts";

/** What `cqd image keygen --json` prints. */
export interface KeySummary {
  readonly privateKey: string;
  readonly publicKey: string;
  readonly keyId: string;
}

/** Make a key pair: NAME.pem, which stays with whoever signs, and NAME.pub.pem. @throws ImageError: one is there already. */
export async function makeKeyFiles(name: string): Promise<KeySummary> {
  const { key, privatePem, publicPem } = generateKey();
  const summary = { privateKey: `${name}.pem`, publicKey: `${name}.pub.pem`, keyId: hexText(key.id) };
  await writeNew(summary.privateKey, privatePem, 0o600);
  await writeNew(summary.publicKey, publicPem, 0o644);
  return summary;
}

async function writeNew(file: string, content: string, mode: number): Promise<void> {
  try {
    await writeFile(file, content, { flag: "wx", mode });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    throw new ImageError(
      `${file}: found a file of this name, expected none: a key that is overwritten is lost; choose another name`,
    );
  }
}
