// The short version of npm run campaign:image.

import { beforeAll, describe, expect, it } from "vitest";
import { DEVELOPMENT_BOARD } from "../../../host/image/board-policy.ts";
import { payloadOf } from "../../../host/image/manifest.ts";
import { generateKey } from "../../../host/image/node/keys.ts";
import { verifyImage } from "../../../host/image/node/verify-image.ts";
import { IMAGE_MANIFEST_BYTES } from "../../../hw-profiles/interface/image.ts";
import { Random } from "../../firmware/support/random.ts";
import { moduleBytes } from "../../firmware/support/test-board.ts";
import { tinyModule } from "../../sim/board/tiny-module.ts";
import { flipManifestBits, flipPayloadBits, oneBitEach } from "../../tools/campaign-image/bit-flips.ts";
import { fuzz } from "../../tools/campaign-image/fuzz.ts";
import { sampleImage } from "../../tools/campaign-image/sample-image.ts";
import type { Tally } from "../../tools/campaign-image/tally.ts";

const FUZZED = 20_000;
const policy = DEVELOPMENT_BOARD;

function expectNothingAccepted(tally: Tally, tried: number): void {
  expect(tally.firstFault).toBeUndefined();
  expect(tally).toMatchObject({ tried, accepted: 0, exceptions: 0 });
}

describe("of a signed image", () => {
  let image: Uint8Array<ArrayBuffer>;
  beforeAll(() => {
    image = sampleImage(moduleBytes("readout.wasm"));
  });

  it("the board takes it as it is", () => {
    expect(verifyImage(image, policy)).toEqual([]);
  });

  it("every bit of the manifest counts", () => {
    expectNothingAccepted(flipManifestBits(image, policy), 8 * IMAGE_MANIFEST_BYTES);
    expect(verifyImage(image, policy)).toEqual([]);
  });

  it("every byte of the payload counts (one bit of each, seeded)", () => {
    const random = new Random(5);
    const { length } = payloadOf(image);
    const tally = flipPayloadBits(
      image,
      policy,
      oneBitEach(length, (limit) => random.below(limit)),
    );
    expectNothingAccepted(tally, length);
    expect([...tally.byRefusal.keys()]).toEqual(["HASH"]);
  });
});

it(`${FUZZED} fuzzed images are refused, each with a reason`, () => {
  const images = [sampleImage(tinyModule()), sampleImage(tinyModule({ reportCount: 1 }))];
  for (const signed of images) expect(verifyImage(signed, policy)).toEqual([]);
  const tally = fuzz({ images, foreignKey: generateKey().key }, policy, FUZZED, new Random(2026));
  expectNothingAccepted(tally, FUZZED);
  expect(tally.byRefusal.size).toBeGreaterThan(7);
});
