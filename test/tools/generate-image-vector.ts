// Writes test/vectors/image-1.cqdi and its twin: an image of the smallest module, signed with the development key. Run with
// `npx tsx test/tools/generate-image-vector.ts` when the format or the golden input changes on purpose.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { hexText } from "../../host/image/manifest.ts";
import { tinyModule } from "../sim/board/tiny-module.ts";
import { sampleImage, sampleManifest } from "./campaign-image/sample-image.ts";

const folder = fileURLToPath(new URL("../vectors", import.meta.url));
const module = tinyModule({ reportCount: 2 });
const manifest = sampleManifest(module);
const image = sampleImage(module);
const twin = {
  about: "An image of a module that does nothing. See test/tools/generate-image-vector.ts.",
  ...manifest,
  payloadSha256: hexText(manifest.payloadSha256),
  buildId: hexText(manifest.buildId),
  goldenSha256: hexText(manifest.goldenSha256),
  payload: hexText(module),
};
writeFileSync(`${folder}/image-1.cqdi`, image);
writeFileSync(`${folder}/image-1.json`, `${JSON.stringify(twin, undefined, 2)}\n`);
process.stdout.write(`${folder}/image-1.cqdi: ${image.length} bytes\n`);
