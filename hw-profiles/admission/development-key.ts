/**
 * Public half of the development key, raw Ed25519. Its private half is public too (host/image/node/development-key.ts): it
 * saves everybody the making of a key for a board on the bench, and proves nothing. A board that is locked for production
 * refuses it.
 */
export const DEVELOPMENT_PUBLIC_KEY: Uint8Array = bytesOf(
  "222b01b31a3342414aff2c073b17da01f903094694bae5980d5606fd55790c15",
);

/** First bytes of the SHA-256 of DEVELOPMENT_PUBLIC_KEY. */
export const DEVELOPMENT_KEY_ID: Uint8Array = bytesOf("657d69ae4592479f");

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
