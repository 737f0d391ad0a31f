// firmware/bench/image-plan.ts, field by field. Addresses count from the start of the module's memory.
#ifndef IMAGE_PLAN_H
#define IMAGE_PLAN_H
#include <stdint.h>

enum { READ_SINGLE = 0, READ_CDS = 1, READ_RAMP = 2 };
enum { CORRECT_BAD_PIXELS = 4, CORRECT_JUMPS = 8 };

typedef struct {
  uint32_t width, height, reads, saturationDn, readMode, corrections, offsetMask, intensityOffset, paddedWidth;
  uint32_t samples, offsetMap, darkMap, badMap, intensity, sigma, flags, counters;
  float linear1, linear2, linear3;
  float variancePerDn, shotBend, flickerBend, fixedVariance, rateToRatio, ratioBend, mostBend;
  float darkScale, flickerScale, intensityPerDn, sigmaPerDn, intensityBias, intensityScale;
  float jumpLevel, screenLevel, intervals, rampVariance, slopeFactor;
} ImagePlan;

/** A line of the ring, and the pixels beside it. */
typedef struct {
  const ImagePlan *plan;
  uint8_t *memory;
  uint16_t *intensity, *sigma;
  uint8_t *flags;
} ImageLine;

void directLine(const ImageLine *line);
void rampLine(const ImageLine *line);
/** As firmware/stage-bench.ts bench_image(). */
void imageFrame(const ImagePlan *plan, uint8_t *memory);

/** Writes columns first .. first + count - 1 from their signals and variances, DN and DN^2. */
void storeCodes(const ImageLine *line, uint32_t first, uint32_t count, const float *signal, const float *variance);
#endif
