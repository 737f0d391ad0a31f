// SHA-256 [FIPS 180-4], as a ROM may have it.
#ifndef CQD_SHA256_H
#define CQD_SHA256_H

#include <stdint.h>

enum { SHA256_BYTES = 32, SHA256_BLOCK = 64 };

struct sha256 {
  uint32_t state[8];
  uint8_t block[SHA256_BLOCK];
  uint32_t length;
};

void sha256_begin(struct sha256* hash);

/** Less than 512 MiB in all. */
void sha256_update(struct sha256* hash, const uint8_t* source, uint32_t bytes);

/** Writes SHA256_BYTES bytes. */
void sha256_end(struct sha256* hash, uint8_t* digest);

#endif
