// The hash of traces: twin of test/boards/support/fold.ts.
#ifndef CQD_FOLD_H
#define CQD_FOLD_H

#include <stdint.h>
#include <string.h>

static inline uint32_t fold(uint32_t hash, uint32_t word) {
  return (((hash << 5) | (hash >> 27)) ^ word) * 0x9e3779b1u;
}

/** Words first, then the bytes that are left. */
static inline uint32_t fold_bytes(uint32_t hash, const uint8_t* source, uint32_t bytes) {
  uint32_t at = 0;
  for (; at + 4 <= bytes; at += 4) {
    uint32_t word;
    memcpy(&word, source + at, sizeof(word));
    hash = fold(hash, word);
  }
  for (; at < bytes; at++) hash = fold(hash, source[at]);
  return hash;
}

#endif
