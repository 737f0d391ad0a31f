// npm run campaign:image: attacks on signed images, in full length; the tests have a short version.
//   --fuzz n   fuzzed images (1000000)
//   --seed n   of the fuzzed images (1)
//   --json     one line of JSON at the end
// Ends with 1 when an image is accepted or a judgement throws.
import { parseArgs } from "node:util";
import { DEVELOPMENT_BOARD } from "../../../host/image/board-policy.ts";
import { payloadOf } from "../../../host/image/manifest.ts";
import { generateKey } from "../../../host/image/node/keys.ts";
import { Random } from "../../firmware/support/random.ts";
import { moduleBytes } from "../../firmware/support/test-board.ts";
import { tinyModule } from "../../sim/board/tiny-module.ts";
import { allBits, flipManifestBits, flipPayloadBits } from "./bit-flips.ts";
import { fuzz } from "./fuzz.ts";
import { sampleImage } from "./sample-image.ts";
import { type Tally, tallyText } from "./tally.ts";

const { values } = parseArgs({
  options: {
    fuzz: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`--${name}: found "${text}", expected a whole number of at least 1`);
}

function report(title: string, tally: Tally): Tally {
  const fault = tally.firstFault === undefined ? "" : `\n  ${tally.firstFault}`;
  process.stdout.write(`${title}: ${tallyText(tally)}${fault}\n`);
  return tally;
}

const policy = DEVELOPMENT_BOARD;
const image = sampleImage(moduleBytes("readout.wasm"));
const loot = {
  images: [sampleImage(tinyModule()), sampleImage(tinyModule({ reportCount: 1 }))],
  foreignKey: generateKey().key,
};
const tallies = [
  report("every bit of the manifest", flipManifestBits(image, policy)),
  report("every bit of the payload", flipPayloadBits(image, policy, allBits(payloadOf(image).length))),
  report("fuzzed", fuzz(loot, policy, whole("fuzz", values.fuzz), new Random(whole("seed", values.seed)))),
];
const sum = (count: (tally: Tally) => number) => tallies.reduce((total, tally) => total + count(tally), 0);
const accepted = sum((tally) => tally.accepted);
const exceptions = sum((tally) => tally.exceptions);
if (values.json) {
  process.stdout.write(`${JSON.stringify({ images: sum((tally) => tally.tried), accepted, exceptions })}\n`);
}
process.exitCode = accepted + exceptions > 0 ? 1 : 0;
