// A hash of 32 bits: twin of sim/flash/mix.ts.
#ifndef CQD_MIX_H
#define CQD_MIX_H

#include <stdint.h>

static inline uint32_t mix(uint32_t hash, uint32_t value) {
  uint32_t state = (hash ^ value) * 0x9e3779b1u;
  state ^= state >> 15;
  state *= 0x85ebca77u;
  return state ^ (state >> 13);
}

#endif
