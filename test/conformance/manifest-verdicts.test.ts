// Host and boot loader judge manifests by code of their own, in two languages: they must say the same of every one.

import { expect, it } from "vitest";
import { type BoardPolicy, DEVELOPMENT_BOARD } from "../../host/image/board-policy.ts";
import { decodeManifest } from "../../host/image/decode-manifest.ts";
import { DEVELOPMENT_KEY } from "../../host/image/image-key.ts";
import { judgeManifest } from "../../host/image/judge-manifest.ts";
import { developmentSigningKey, generateKey } from "../../host/image/node/keys.ts";
import { signInPlace } from "../../host/image/node/sign-image.ts";
import { hasValidSignature } from "../../host/image/node/verify-image.ts";
import { crc32c } from "../../host/packet/crc32c.ts";
import { BOOT_RECOVERY, RESET_POWER } from "../../hw-profiles/interface/flash.ts";
import * as Image from "../../hw-profiles/interface/image.ts";
import { REFUSAL_TABLE } from "../../hw-profiles/interface/refusal-table.ts";
import { BootLoader } from "../../sim/boot/boot-loader.ts";
import { RomKeys } from "../../sim/boot/rom-keys.ts";
import { NorFlash } from "../../sim/flash/nor-flash.ts";
import { readArtefact } from "../../sim/pool/artefacts.ts";
import { Random } from "../firmware/support/random.ts";
import { tinyModule } from "../sim/board/tiny-module.ts";
import { sampleImage } from "../tools/campaign-image/sample-image.ts";

type Manifest = Uint8Array<ArrayBuffer>;

const TRIALS = 6000;
const GEOMETRY = {
  regions: [{ sectorBytes: 4096, sectors: 18 }],
  programUnit: 256,
  erased: 0xff,
  journalSector: 0,
  slots: [
    { firstSector: 2, sectors: 8 },
    { firstSector: 10, sectors: 8 },
  ],
} as const;

const module = new WebAssembly.Module(readArtefact("boot.wasm"));
const key = developmentSigningKey();
const foreign = generateKey().key;
const good = sampleImage(tinyModule()).slice(0, Image.IMAGE_MANIFEST_BYTES);
const policy: BoardPolicy = { ...DEVELOPMENT_BOARD, slotBytes: 8 * 4096 };

/** A board fresh from the factory. */
function newLoader({ abiVersion, features, hardwareClass, isLocked, memoryPages }: BoardPolicy): BootLoader {
  const keys = new RomKeys([{ publicKey: DEVELOPMENT_KEY.publicKey, development: true }], isLocked);
  const identity = { hardwareClass, features, abi: abiVersion, pages: memoryPages };
  const trials = { admit: () => 0, trial: () => 0 };
  const loader = new BootLoader(module, new NorFlash(GEOMETRY), identity, keys, trials);
  expect(loader.boot(RESET_POWER)).toBe(BOOT_RECOVERY);
  return loader;
}

/** 0, or the first refusal. */
function hostVerdict(manifest: Manifest, board: BoardPolicy): number {
  const decoded = decodeManifest(manifest);
  if (decoded.manifest === undefined) return decoded.refusal.code;
  const found = judgeManifest(manifest, decoded.manifest, hasValidSignature(manifest, board), board);
  return found[0]?.code ?? 0;
}

const WORDS = [0, 1, 2, 3, 4, 5, 32512, 32513, Image.IMAGE_PAYLOAD_MAX, 0x7fffffff, 0x80000000, 0xffffffff];

/** One or two fields changed, the checksum made right more often than not, signed by the key, another or nobody. */
function changed(random: Random): Manifest {
  const manifest = new Uint8Array(good);
  const view = new DataView(manifest.buffer);
  for (let left = random.below(2); left >= 0; left--) {
    const value = random.below(4) === 0 ? random.word() : WORDS[random.below(WORDS.length)]!;
    const bytes = random.below(3);
    if (bytes === 0) view.setUint8(random.below(Image.IMAGE_MANIFEST_BYTES), value & 0xff);
    else if (bytes === 1) view.setUint16(2 * random.below(Image.IMAGE_KEY_ID_AT / 2), value & 0xffff, true);
    else view.setUint32(4 * random.below(Image.IMAGE_HEADER_BYTES / 4), value, true);
  }
  if (random.below(8) > 0) view.setUint32(Image.IMAGE_CRC_AT, crc32c(manifest, 0, Image.IMAGE_CRC_AT), true);
  const signer = random.below(4);
  if (signer > 1) signInPlace(manifest, key);
  if (signer === 1) signInPlace(manifest, foreign);
  return manifest;
}

it("of a good manifest", () => {
  expect(hostVerdict(good, policy)).toBe(0);
  expect(newLoader(policy).begin(good)).toBe(0);
  const locked = { ...policy, isLocked: true };
  expect(hostVerdict(good, locked)).toBe(Image.REFUSED_DEVELOPMENT_KEY);
  expect(newLoader(locked).begin(good)).toBe(Image.REFUSED_DEVELOPMENT_KEY);
});

it(`of ${TRIALS} changed manifests`, () => {
  const random = new Random(9);
  const seen = new Set<number>();
  let loader = newLoader(policy);
  for (let trial = 0; trial < TRIALS; trial++) {
    const manifest = changed(random);
    const expected = hostVerdict(manifest, policy);
    expect([trial, loader.begin(manifest)]).toEqual([trial, expected]);
    seen.add(expected);
    // An installation is open now.
    if (expected === 0) loader = newLoader(policy);
  }
  const byManifest = REFUSAL_TABLE.map(({ code }) => code).filter((code) => code < Image.REFUSED_DOWNGRADE);
  const missing = byManifest.filter((code) => !seen.has(code));
  expect(missing).toEqual([Image.REFUSED_DEVELOPMENT_KEY]);
});
