import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type BoardPolicy, DEVELOPMENT_BOARD } from "../../../host/image/board-policy.ts";
import { DEVELOPMENT_KEY, isDevelopmentKey } from "../../../host/image/image-key.ts";
import { signatureOf } from "../../../host/image/manifest.ts";
import {
  developmentSigningKey,
  generateKey,
  readPrivateKey,
  readPublicKey,
  sha256,
} from "../../../host/image/node/keys.ts";
import { imageFacts, verifyImage } from "../../../host/image/node/verify-image.ts";
import { webImageFacts } from "../../../host/image/web-facts.ts";
import { tinyModule } from "../../sim/board/tiny-module.ts";
import { sampleImage } from "../../tools/campaign-image/sample-image.ts";

const module = tinyModule();
/** Order of the group of Ed25519, RFC 8032 section 5.1. */
const GROUP_ORDER = (1n << 252n) + 27742317777372353535851937790883648493n;

function boardWith(...keys: BoardPolicy["keys"]): BoardPolicy {
  return { ...DEVELOPMENT_BOARD, keys };
}

function accepts(image: Uint8Array, policy: BoardPolicy): boolean {
  return verifyImage(image, policy).length === 0;
}

describe("keys", () => {
  it("the development key of the contract is that of its public seed", () => {
    const { id, publicKey } = developmentSigningKey();
    expect(DEVELOPMENT_KEY).toEqual({ id, publicKey });
    expect(sha256(publicKey).subarray(0, 8)).toEqual(id);
    expect(isDevelopmentKey(id)).toBe(true);
    expect(isDevelopmentKey(generateKey().key.id)).toBe(false);
  });

  it("go through their files", () => {
    const { key, privatePem, publicPem } = generateKey();
    expect(readPublicKey(publicPem, "k")).toEqual({ id: key.id, publicKey: key.publicKey });
    expect(readPublicKey(privatePem, "k")).toEqual({ id: key.id, publicKey: key.publicKey });
    expect(sampleImage(module, readPrivateKey(privatePem, "k"))).toEqual(sampleImage(module, key));
  });

  it("are refused by name when they are none, or of another kind", () => {
    const { publicPem } = generateKey();
    expect(() => readPrivateKey("hello", "a.pem")).toThrow(
      /^a\.pem: found no private key in it, expected a PEM file/,
    );
    expect(() => readPrivateKey(publicPem, "a.pem")).toThrow(/found no private key/);
    const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey;
    const pem = curve.export({ format: "pem", type: "spki" }).toString();
    expect(() => readPublicKey(pem, "b.pem")).toThrow(/b\.pem: found a key of type ec, expected ed25519/);
  });

  it("are changed through the second slot: old alone, both, new alone", () => {
    const [old, next] = [generateKey().key, generateKey().key];
    const [oldImage, nextImage] = [sampleImage(module, old), sampleImage(module, next)];
    const verdicts = [boardWith(old), boardWith(old, next), boardWith(next)].map((board) => [
      accepts(oldImage, board),
      accepts(nextImage, board),
    ]);
    expect(verdicts).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ]);
  });

  it("a board that is locked takes its own key's images beside the development key's slot", () => {
    const own = generateKey().key;
    const board = { ...boardWith(own, DEVELOPMENT_KEY), isLocked: true };
    expect(accepts(sampleImage(module, own), board)).toBe(true);
    expect(accepts(sampleImage(module), board)).toBe(false);
  });

  it("a third key has no slot", () => {
    const keys = [generateKey().key, generateKey().key, generateKey().key];
    expect(accepts(sampleImage(module, keys[2]), boardWith(...keys))).toBe(false);
  });
});

describe("signatures", () => {
  it("the same module, release and key give the same bytes", () => {
    expect(sampleImage(module)).toEqual(sampleImage(module));
  });

  it("have one form: S + L, which solves the same equation, is refused", () => {
    const image = sampleImage(module);
    const { signature } = signatureOf(image);
    const s = signature.subarray(32);
    let value = s.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + GROUP_ORDER;
    for (let at = 0; at < s.length; at++, value >>= 8n) s[at] = Number(value & 255n);
    expect(verifyImage(image, DEVELOPMENT_BOARD).map(({ name }) => name)).toEqual(["SIGNATURE"]);
  });

  it("the browser's cryptography says the same as Node's", async () => {
    const image = sampleImage(module);
    const foreign = sampleImage(module, generateKey().key);
    const changed = Uint8Array.from(image);
    changed[10]! ^= 1;
    const cases = [image, foreign, changed, image.slice(0, 100), image.slice(0, -3), new Uint8Array()];
    for (const bytes of cases) {
      const { isSignatureValid, payloadSha256 } = imageFacts(bytes, DEVELOPMENT_BOARD);
      expect(await webImageFacts(bytes, DEVELOPMENT_BOARD)).toEqual({ isSignatureValid, payloadSha256 });
    }
  });
});
