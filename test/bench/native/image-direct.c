// C twin of firmware/imaging/direct.ts, encode.ts and linear.ts.
#include "image-plan.h"
#include <math.h>
#include <stdbool.h>

enum { PIXEL_SATURATED = 0x04, PIXEL_BAD = 0x10 };

static inline float positive(float value) { return value > 0 ? value : 0; }

static inline uint16_t clippedCode(float value) {
  const float low = value < 65535.0f ? value : 65535.0f;
  return (uint16_t)(int32_t)(low > 0 ? low : 0);
}

void storeCodes(const ImageLine *line, uint32_t first, uint32_t count, const float *signal, const float *variance) {
  const ImagePlan *plan = line->plan;
  const float perDn = plan->intensityPerDn, bias = plan->intensityBias, sigmaPerDn = plan->sigmaPerDn;
  uint16_t *restrict intensity = line->intensity + first;
  uint16_t *restrict sigma = line->sigma + first;
  for (uint32_t x = 0; x < count; x++) {
    intensity[x] = clippedCode(signal[x] * perDn + bias);
    sigma[x] = clippedCode(sqrtf(variance[x]) * sigmaPerDn + 0.5f);
  }
}

/** Single: `first` is the offset map, DN/16. CDS: the read after reset. */
static inline __attribute__((always_inline)) void directCodes(const ImageLine *line, const uint16_t *restrict first,
                                                              const uint16_t *restrict last, bool cds) {
  const ImagePlan *plan = line->plan;
  const uint16_t *restrict darkMap = (const uint16_t *)(line->memory + plan->darkMap);
  uint16_t *restrict intensity = line->intensity;
  uint16_t *restrict sigma = line->sigma;
  const uint32_t width = plan->width;
  const uint16_t limit = (uint16_t)plan->saturationDn;
  const float k1 = plan->linear1, k2 = plan->linear2, k3 = plan->linear3;
  const float perDn = plan->variancePerDn, bend = plan->shotBend, fixed = plan->fixedVariance;
  const float darkScale = plan->darkScale, flickerScale = plan->flickerScale, flickerBend = plan->flickerBend;
  const float intensityPerDn = plan->intensityPerDn, bias = plan->intensityBias, sigmaPerDn = plan->sigmaPerDn;
  const float shown = plan->offsetMask ? 1.0f : 0.0f;
  for (uint32_t x = 0; x < width; x++) {
    const float code = last[x] < limit ? last[x] : limit;
    const float read = code * (k1 + code * (k2 + code * k3));
    const float start = cds ? (first[x] < limit ? first[x] : limit) : first[x];
    const float level = cds ? start * (k1 + start * (k2 + start * k3)) : start * 0.0625f;
    const float dark = darkMap[x];
    const float signal = read - level * shown - dark * darkScale;
    const float charge = positive(read - level);
    const float white = charge * (perDn + charge * bend) + fixed;
    const float variance = white + dark * flickerScale * (1.0f + charge * flickerBend);
    intensity[x] = clippedCode(signal * intensityPerDn + bias);
    sigma[x] = clippedCode(sqrtf(variance) * sigmaPerDn + 0.5f);
  }
}

static inline __attribute__((always_inline)) void directFlags(const ImageLine *line, const uint16_t *restrict first,
                                                              const uint16_t *restrict last, bool cds) {
  const ImagePlan *plan = line->plan;
  const uint8_t *restrict badMap = line->memory + plan->badMap;
  uint8_t *restrict flags = line->flags;
  const uint32_t width = plan->width;
  const uint16_t limit = (uint16_t)plan->saturationDn;
  for (uint32_t x = 0; x < width; x++) {
    const uint8_t end = last[x] >= limit ? PIXEL_SATURATED : 0;
    const uint8_t start = cds && first[x] >= limit ? PIXEL_SATURATED : 0;
    flags[x] = end | start | (badMap[x] ? PIXEL_BAD : 0);
  }
}

void directLine(const ImageLine *line) {
  const ImagePlan *plan = line->plan;
  const uint16_t *samples = (const uint16_t *)(line->memory + plan->samples);
  const uint16_t *offset = (const uint16_t *)(line->memory + plan->offsetMap);
  if (plan->readMode == READ_CDS) {
    directCodes(line, samples, samples + plan->width, true);
    directFlags(line, samples, samples + plan->width, true);
  } else {
    directCodes(line, offset, samples, false);
    directFlags(line, offset, samples, false);
  }
}
