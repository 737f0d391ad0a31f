#include "sha256.h"

#include <string.h>

static const uint32_t START[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static const uint32_t ROUNDS[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static inline uint32_t rotate(uint32_t value, uint32_t bits) {
  return (value >> bits) | (value << (32 - bits));
}

static void schedule(uint32_t words[64], const uint8_t* block) {
  memcpy(words, block, SHA256_BLOCK);
  for (uint32_t i = 0; i < 16; i++) words[i] = __builtin_bswap32(words[i]);
  for (uint32_t i = 16; i < 64; i++) {
    const uint32_t early = words[i - 15], late = words[i - 2];
    const uint32_t small0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >> 3);
    const uint32_t small1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >> 10);
    words[i] = words[i - 16] + small0 + words[i - 7] + small1;
  }
}

static void compress(uint32_t state[8], const uint8_t* block) {
  uint32_t words[64], s[8];
  schedule(words, block);
  memcpy(s, state, sizeof(s));
#pragma GCC unroll 64
  for (uint32_t i = 0; i < 64; i++) {
    const uint32_t big1 = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25);
    const uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
    const uint32_t first = s[7] + big1 + choice + ROUNDS[i] + words[i];
    const uint32_t big0 = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22);
    const uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
    s[7] = s[6], s[6] = s[5], s[5] = s[4], s[4] = s[3] + first;
    s[3] = s[2], s[2] = s[1], s[1] = s[0], s[0] = first + big0 + majority;
  }
  for (uint32_t i = 0; i < 8; i++) state[i] += s[i];
}

void sha256_begin(struct sha256* hash) {
  memcpy(hash->state, START, sizeof(START));
  hash->length = 0;
}

void sha256_update(struct sha256* hash, const uint8_t* source, uint32_t bytes) {
  while (bytes > 0) {
    const uint32_t held = hash->length % SHA256_BLOCK;
    const uint32_t room = SHA256_BLOCK - held;
    const uint32_t part = bytes < room ? bytes : room;
    memcpy(hash->block + held, source, part);
    hash->length += part;
    if (part == room) compress(hash->state, hash->block);
    source += part;
    bytes -= part;
  }
}

void sha256_end(struct sha256* hash, uint8_t* digest) {
  static const uint8_t PAD[SHA256_BLOCK] = {0x80};
  // 64 bits, big endian.
  const uint32_t bits[2] = {0, __builtin_bswap32(hash->length << 3)};
  const uint32_t held = (hash->length + sizeof(bits)) % SHA256_BLOCK;
  sha256_update(hash, PAD, SHA256_BLOCK - held);
  sha256_update(hash, (const uint8_t*)bits, sizeof(bits));
  for (uint32_t i = 0; i < 8; i++) {
    const uint32_t word = __builtin_bswap32(hash->state[i]);
    memcpy(digest + 4 * i, &word, sizeof(word));
  }
}
