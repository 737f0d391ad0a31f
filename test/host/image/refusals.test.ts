import { describe, expect, it } from "vitest";
import { type BoardPolicy, DEVELOPMENT_BOARD } from "../../../host/image/board-policy.ts";
import { decodeManifest } from "../../../host/image/decode-manifest.ts";
import type { Manifest } from "../../../host/image/manifest.ts";
import { developmentSigningKey, generateKey, sha256 } from "../../../host/image/node/keys.ts";
import { makeImage, signInPlace } from "../../../host/image/node/sign-image.ts";
import { verifyImage } from "../../../host/image/node/verify-image.ts";
import { refusalText } from "../../../host/image/refusal.ts";
import { checkGolden } from "../../../host/logic/check-golden.ts";
import * as Image from "../../../hw-profiles/interface/image.ts";
import { REFUSAL_TABLE } from "../../../hw-profiles/interface/refusal-table.ts";
import { moduleBytes } from "../../firmware/support/test-board.ts";
import { type TinyModule, tinyModule } from "../../sim/board/tiny-module.ts";
import { sampleImage, sampleManifest } from "../../tools/campaign-image/sample-image.ts";

const module = tinyModule();
const key = developmentSigningKey();
const good = sampleManifest(module);

/** Refusals of an image whose manifest was changed by whoever has the key. */
function refusals(changes: Partial<Manifest>, policy: Partial<BoardPolicy> = {}, payload = module): string[] {
  const image = makeImage({ ...good, ...changes }, payload, key);
  return verifyImage(image, { ...DEVELOPMENT_BOARD, ...policy }).map(refusalText);
}

it("nothing stands against a good image", () => {
  expect(refusals({})).toEqual([]);
});

describe("a board refuses by the manifest alone, and says what to do", () => {
  it.each<[string, Partial<Manifest>, Partial<BoardPolicy>, RegExp]>([
    [
      "another key",
      {},
      { keys: [generateKey().key] },
      /^KEY: found key 657d69ae4592479f, expected [0-9a-f]{16}; sign it/,
    ],
    ["no key at all", {}, { keys: [] }, /^KEY: .*expected no key: the board has none/],
    [
      "the development key",
      {},
      { isLocked: true },
      /^DEVELOPMENT_KEY: .*locked for production; sign it with your own key/,
    ],
    [
      "another hardware class",
      { hardwareClass: Image.HARDWARE_SCALAR },
      {},
      /^HARDWARE: found hardware class scalar, expected class vector; build it for/,
    ],
    ["a class that nobody knows", { hardwareClass: 99 }, {}, /^HARDWARE: found hardware class 99/],
    [
      "another ABI version",
      { abiVersion: 2 },
      {},
      /^ABI: found ABI version 2, expected ABI version \d+; build it/,
    ],
    ["other memory", { memoryPages: 4 }, {}, /^MEMORY: found 4 pages of memory, expected 3 pages; build it/],
    [
      "a module that is too large",
      {},
      { slotBytes: 300 },
      /^SIZE: found a module of \d+ bytes, expected 1 to 44 bytes/,
    ],
    [
      "a downgrade",
      {},
      { securityFloor: 6 },
      /^DOWNGRADE: found security counter 5, expected 6 or more; flash a release/,
    ],
    [
      "the other mode",
      { features: Image.FEATURE_IMAGING },
      { features: Image.FEATURE_OPCODES | Image.FEATURE_LIDAR },
      /^FEATURES: found modes: imaging, expected one of: lidar; build it for this board/,
    ],
    ["no mode", { features: 0 }, {}, /^FEATURES: found modes: none, expected one of: lidar, imaging/],
  ])("%s", (_, changes, policy, message) => {
    const found = refusals(changes, policy);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  it("instructions that it lacks, and bits that nobody knows", () => {
    const features = good.features | Image.FEATURE_SIMD | 0x80000000;
    const [first] = refusals({ features }, { features: Image.FEATURE_MODES });
    expect(first).toMatch(/^FEATURES: found a module that needs simd, 0x80000000, expected none but none;/);
  });

  it("the security counter at the floor is enough", () => {
    expect(refusals({}, { securityFloor: 5 })).toEqual([]);
  });

  it("everything that is wrong, in the order of the contract", () => {
    const policy = { isLocked: true, securityFloor: 9, abiVersion: 8, slotBytes: 300, memoryPages: 1 };
    const names = refusals({}, policy).map((text) => text.split(":")[0]);
    expect(names).toEqual(["SIZE", "DEVELOPMENT_KEY", "ABI", "MEMORY", "DOWNGRADE"]);
  });
});

describe("a board refuses by the payload", () => {
  it("a file that is shorter or longer than its header says", () => {
    const image = makeImage(good, module, key);
    const judge = (bytes: Uint8Array) => verifyImage(bytes, DEVELOPMENT_BOARD).map(refusalText);
    expect(judge(image.subarray(0, -1))).toEqual([
      expect.stringMatching(/^SIZE: found a file with \d+ bytes of module/),
    ]);
    expect(judge(Uint8Array.from([...image, 0]))).toEqual([expect.stringMatching(/^SIZE: /)]);
    expect(judge(image.subarray(0, 255))[0]).toMatch(/^MAGIC: found a file of 255 bytes/);
  });

  it("a module that the checker does not admit, with each finding", () => {
    const bad = tinyModule({ maxPages: 9, missing: "resume" });
    const changes = { payloadLength: bad.length, payloadSha256: sha256(bad) };
    const found = refusals(changes, {}, bad);
    expect(found.map((text) => text.split(":")[0])).toEqual(["MODULE", "MODULE"]);
    expect(found.join("\n")).toMatch(/no export "resume"[\s\S]*a memory of 3 to 9 pages/);
  });

  it.each([
    ["hides one", 0],
    ["makes one up", Image.FEATURE_FLOAT64],
  ])("a header with other features than the module has: it %s", (_, said) => {
    const code = said === 0 ? [0x43, 0, 0, 0, 0, 0x1a] : [];
    const floats = tinyModule({ code });
    const features = said | Image.FEATURE_MODES;
    const found = refusals(
      { payloadLength: floats.length, payloadSha256: sha256(floats), features },
      {},
      floats,
    );
    expect(found).toEqual([
      expect.stringMatching(/^MODULE: found a header with features .*as found in the module/),
    ]);
  });

  it("a module that makes other reports of the golden input, or has other modes", () => {
    const readout = moduleBytes("readout.wasm");
    const manifest = sampleManifest(readout);
    expect(checkGolden(readout, manifest)).toEqual([]);
    const goldenSha256 = manifest.goldenSha256.map((byte) => byte ^ 1);
    expect(checkGolden(readout, { ...manifest, goldenSha256 })[0]?.name).toBe("GOLDEN");
    const features = manifest.features & ~Image.FEATURE_IMAGING;
    expect(checkGolden(readout, { ...manifest, features })[0]?.found).toMatch(/modes lidar/);
  });
});

it.each<[string, TinyModule, string]>([
  ["traps", { traps: "process_line" }, "TRAP"],
  ["does not end", { code: [0x03, 0x40, 0x0c, 0, 0x0b] }, "FUEL"],
  ["fails", { status: 5 }, "GOLDEN"],
  ["is of another ABI version", { abi: 99 }, "MODULE"],
])("a module that %s on the golden input is refused by name", (_, options, name) => {
  expect(checkGolden(tinyModule(options), good).map((found) => found.name)).toEqual([name]);
});

describe("the form of a manifest", () => {
  function nameOf(change: (view: DataView, image: Uint8Array) => void): string | undefined {
    const image = sampleImage(module);
    change(new DataView(image.buffer), image);
    signInPlace(image, key);
    return decodeManifest(image).refusal?.name;
  }

  it.each<[string, (view: DataView, image: Uint8Array) => void]>([
    ["MAGIC", (view) => view.setUint8(Image.IMAGE_MAGIC_AT, 0)],
    ["FORMAT", (view) => view.setUint16(Image.IMAGE_FORMAT_AT, 2, true)],
    ["CRC", (view) => view.setUint32(Image.IMAGE_CRC_AT, 0, true)],
    ["TLV", (view) => view.setUint16(Image.IMAGE_TLV_AT, 9, true)],
    ["TLV", (view) => view.setUint16(Image.IMAGE_TLV_AT + Image.TLV_LENGTH_AT, 31, true)],
    ["RESERVED", (_, image) => image.fill(1, Image.IMAGE_KEY_ID_AT - 1, Image.IMAGE_KEY_ID_AT)],
  ])("%s, even when it is signed", (name, change) => {
    expect(nameOf(change)).toBe(name);
  });

  it("an unknown protected TLV is refused by its type", () => {
    const image = sampleImage(module);
    new DataView(image.buffer).setUint16(Image.IMAGE_TLV_AT, 77, true);
    const { refusal } = decodeManifest(image);
    expect(refusal && refusalText(refusal)).toMatch(/found unknown protected TLV 77 of 32 bytes at byte 64/);
  });
});

it("the table names every refusal of the contract, once and in order", () => {
  const codes = Object.entries(Image)
    .filter(([name]) => name.startsWith("REFUSED_"))
    .map(([name, code]) => [name.slice("REFUSED_".length), code]);
  expect(REFUSAL_TABLE.map(({ code, name }) => [name, code])).toEqual(codes);
});
