// C twin of firmware/stages/pack-lossless.ts, for lines of at least one block.
#include "native.h"
#include <stdbool.h>
#include <string.h>

enum { BLOCK = 16, TRIAL_STEP = 4 * BLOCK, WIDTH_FULL = 15 };
enum { LINE_PLAIN = 0, LINE_DIFFERENCE = 1, LINE_GRADIENT = 2 };

/** Where residuals of a line come from; `step` is 0 when the reference is one sample. */
typedef struct {
  const uint16_t *line, *reference;
  size_t step;
  bool gradient;
} Predictor;

static int32_t difference(const Predictor *p, size_t x) { return p->line[x] - p->reference[x * p->step]; }

/** Residuals of the block at sample `at`. Returns all bits that they take, sign folded in. */
static uint32_t takeBlock(const Predictor *p, size_t at, int16_t *restrict residuals) {
  const uint16_t *line = p->line + at;
  const uint16_t *reference = p->reference + at * p->step;
  int16_t here[BLOCK + 1];
  here[0] = p->gradient && at != 0 ? (int16_t)difference(p, at - 1) : 0;
  if (p->step == 0) for (size_t i = 0; i < BLOCK; i++) here[i + 1] = (int16_t)(line[i] - *reference);
  else for (size_t i = 0; i < BLOCK; i++) here[i + 1] = (int16_t)(line[i] - reference[i]);
  if (p->gradient) for (size_t i = 0; i < BLOCK; i++) residuals[i] = (int16_t)(here[i + 1] - here[i]);
  else for (size_t i = 0; i < BLOCK; i++) residuals[i] = here[i + 1];
  uint16_t all = 0;
  for (size_t i = 0; i < BLOCK; i++) all |= (uint16_t)((residuals[i] + residuals[i]) ^ (residuals[i] >> 15));
  return all;
}

static uint32_t bitsOf(uint32_t all) { return all == 0 ? 0 : 32 - (uint32_t)__builtin_clz(all); }

static uint32_t planesOf(uint32_t all) {
  const uint32_t planes = bitsOf(all);
  return planes == 15 ? 16 : planes;
}

/** The top bits of eight bytes, the first one's lowest. */
static uint32_t topBits(uint64_t bytes) { return (uint32_t)((bytes >> 7 & 0x0101010101010101u) * 0x0102040810204080u >> 56); }

/** Eight planes from the most significant bit of 16 bytes down. */
static void putBytePlanes(const uint8_t *bytes, uint8_t *to) {
  uint64_t low, high;
  memcpy(&low, bytes, 8);
  memcpy(&high, bytes + 8, 8);
  for (int plane = 0; plane < 8; plane++) {
    to[2 * plane] = (uint8_t)topBits(low);
    to[2 * plane + 1] = (uint8_t)topBits(high);
    low = low << 1 & 0xfefefefefefefefeu;
    high = high << 1 & 0xfefefefefefefefeu;
  }
}

static void putPlanes(uint32_t planes, const int16_t *residuals, uint8_t *to) {
  uint8_t top[BLOCK], bottom[BLOCK];
  for (size_t i = 0; i < BLOCK; i++) {
    const uint16_t shifted = (uint16_t)(residuals[i] << (16 - planes));
    top[i] = (uint8_t)(shifted >> 8);
    bottom[i] = (uint8_t)shifted;
  }
  putBytePlanes(top, to);
  if (planes > 8) putBytePlanes(bottom, to + 16);
}

static bool gradientIsBetter(Predictor p, size_t last) {
  int16_t residuals[BLOCK];
  int32_t gain = 0;
  for (size_t at = 1; at <= last; at += TRIAL_STEP) {
    p.gradient = false;
    gain += (int32_t)bitsOf(takeBlock(&p, at, residuals));
    p.gradient = true;
    gain -= (int32_t)bitsOf(takeBlock(&p, at, residuals));
  }
  return gain > 0;
}

/** Bytes of the packed line; as many as the plain line takes, or more, when it is not worth while. */
static size_t packBlocks(const uint16_t *source, uint8_t *target, size_t width, bool first) {
  const size_t last = width - BLOCK;
  Predictor p = {source, first ? source : source - width, first ? 0 : 1, false};
  uint8_t *to = target + 1;
  if (first) {
    memcpy(to, source, 2);
    to += 2;
  }
  p.gradient = gradientIsBetter(p, last);
  *target = p.gradient ? LINE_GRADIENT : LINE_DIFFERENCE;
  uint8_t *widths = to;
  to += (width + 31) / 32;
  for (size_t block = 0; block * BLOCK < width; block++) {
    int16_t residuals[BLOCK];
    const size_t at = block * BLOCK < last ? block * BLOCK : last;
    const uint32_t planes = planesOf(takeBlock(&p, at, residuals));
    const uint32_t code = planes < WIDTH_FULL ? planes : WIDTH_FULL;
    if (block % 2 == 0) *widths = (uint8_t)code;
    else *widths++ |= (uint8_t)(code << 4);
    if (to + 2 * planes > target + 2 * width) return 2 * width + 1;
    putPlanes(planes, residuals, to);
    to += 2 * planes;
  }
  return (size_t)(to - target);
}

size_t packLossless(const uint16_t *source, uint8_t *target, size_t width, bool first) {
  const size_t plain = 2 * width + 1;
  const size_t bytes = packBlocks(source, target, width, first);
  if (bytes < plain) return bytes;
  *target = LINE_PLAIN;
  memcpy(target + 1, source, 2 * width);
  return plain;
}
