// Four lanes side by side, for loops whose accumulators gcc's vectoriser would keep in memory.
#ifndef QUADS_H
#define QUADS_H
#include <stdint.h>
#include <string.h>

typedef float Quad __attribute__((vector_size(16)));
typedef int32_t Mask __attribute__((vector_size(16)));
typedef uint16_t Short8 __attribute__((vector_size(16)));

static inline Quad splat(float value) { return (Quad){value, value, value, value}; }

static inline Quad loadQuad(const float *values) {
  Quad quad;
  memcpy(&quad, values, sizeof quad);
  return quad;
}

static inline void storeQuad(float *values, Quad quad) { memcpy(values, &quad, sizeof quad); }

static inline Mask loadWords(const int32_t *values) {
  Mask words;
  memcpy(&words, values, sizeof words);
  return words;
}

/** `yes` where the mask is set, else `no`. */
static inline Quad choose(Mask mask, Quad yes, Quad no) { return (Quad)((mask & (Mask)yes) | (~mask & (Mask)no)); }
#endif
