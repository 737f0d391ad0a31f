// What the board's ROM gives: SHA-256 and Ed25519 with its key slots.

export declare function hash_begin(): void;
export declare function hash_update(source: usize, length: u32): void;
/** Writes 32 bytes. */
export declare function hash_end(destination: usize): void;
/** Is the signature that of the key with this id? 0, REFUSED_KEY, REFUSED_DEVELOPMENT_KEY or REFUSED_SIGNATURE. */
export declare function verify(keyId: usize, message: usize, length: u32, signature: usize): u32;
