import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Manifest, sameBytes } from "../../../../host/image/manifest.ts";
import { manifestOf } from "../../../../host/image/node/image-of-module.ts";
import { developmentSigningKey } from "../../../../host/image/node/keys.ts";
import { makeImage } from "../../../../host/image/node/sign-image.ts";
import { buildLogic } from "../../../../host/logic/build-logic.ts";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const STAGE = "firmware/stages/line.ts";
const EXAMPLE = join(ROOT, "firmware/examples/range-gated", STAGE);
const LINE_LOOP = "  for (let column: u32 = 0; column < setup.width; column += TILE) {";

/** The slice of range, m, that the example's camera sees. */
export const SLICE_M = { nearest: 4, farthest: 6 } as const;

/** How the example is spoilt: on frames wider than the golden input, or in its golden vector. */
export type Fault = "none" | "trap" | "loop" | "golden";

const SPOILT: Readonly<Partial<Record<Fault, string>>> = {
  trap: "  if (setup.width > 32) unreachable();\n",
  loop: "  while (setup.width > 32) store<u32>(setup.electrons, 0);\n",
};

/** A signed image of the range-gated example, good or spoilt. @param folder for its sources. */
export async function gatedImage(folder: string, fault: Fault): Promise<Uint8Array<ArrayBuffer>> {
  const project = join(folder, fault);
  const source = await readFile(EXAMPLE, "utf8");
  const spoilt = source.replace(LINE_LOOP, `${SPOILT[fault] ?? ""}${LINE_LOOP}`);
  await mkdir(join(project, "firmware/stages"), { recursive: true });
  await writeFile(join(project, STAGE), spoilt);
  const logic = await buildLogic(project, ROOT, { mode: "both", target: "simd" });
  const manifest = manifestOf(logic, { version: { major: 9, minor: 0, patch: 0 }, securityCounter: 0 });
  return makeImage(
    fault === "golden" ? otherGolden(manifest) : manifest,
    logic.bytes,
    developmentSigningKey(),
  );
}

function otherGolden(manifest: Manifest): Manifest {
  const goldenSha256 = manifest.goldenSha256.map((byte) => byte ^ 1);
  if (sameBytes(goldenSha256, manifest.goldenSha256)) throw new Error("found the same digest");
  return { ...manifest, goldenSha256 };
}
