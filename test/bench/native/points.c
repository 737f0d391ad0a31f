// C twin of host/geometry/points.ts.
#include "native.h"
#include <math.h>

enum { PIXEL_INVALID = 0x91 };

enum { CHUNK = 64 };

/** Ranges first, then points: mixed in one loop, the bytes of the flags would narrow its vectors. */
void toPoints(const float *restrict range, const uint8_t *restrict flags, const float *restrict directions,
              float *restrict points, size_t pixels) {
  float usable[CHUNK];
  for (size_t first = 0; first < pixels; first += CHUNK) {
    const size_t count = pixels - first < CHUNK ? pixels - first : CHUNK;
    for (size_t i = 0; i < count; i++) {
      const float found = range[first + i];
      usable[i] = flags[first + i] & PIXEL_INVALID ? NAN : found;
    }
    for (size_t i = 0; i < count; i++) {
      const size_t at = 3 * (first + i);
      points[at] = directions[at] * usable[i];
      points[at + 1] = directions[at + 1] * usable[i];
      points[at + 2] = directions[at + 2] * usable[i];
    }
  }
}
