// C twin of firmware/stages/classify.ts and line.ts.
#include "tof-plan.h"
#include <math.h>
#include <string.h>

enum {
  PIXEL_NO_RETURN = 0x01,
  PIXEL_LOW_SIGNAL = 0x02,
  PIXEL_SATURATED = 0x04,
  PIXEL_MISFIT = 0x08,
  PIXEL_BAD = 0x10,
  PIXEL_WINDOW = 0x20,
  PIXEL_INVALID = 0x91
};
/** Counters of flags in the order of firmware/stages/classify.ts; the first counts what has none of PIXEL_INVALID. */
static const uint8_t COUNTED[6] = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20};
static const double HALF_LIGHT_M_PER_NS = 0.149896229, TIME_MAP_NS = 0.0009765625;

static double clampTo(double value, double low, double high) {
  const double below = value < high ? value : high;
  return below > low ? below : low;
}

static uint16_t code16(double value) { return (uint16_t)clampTo(floor(value + 0.5), 0.0, 65535.0); }

static int16_t ambientCode(const TofPlan *plan, const uint8_t *memory, uint32_t column, double backgroundE) {
  const uint16_t dark = ((const uint16_t *)(memory + plan->darkMap))[column];
  const double darkE = (double)dark * plan->darkScale * plan->gainE16;
  return (int16_t)clampTo(floor((backgroundE - darkE) / plan->ambientScale + 0.5), -32768.0, 32767.0);
}

static void store(const TofPlan *plan, uint8_t *memory, uint32_t column, double range, double sigma, double amplitude) {
  uint16_t *line = (uint16_t *)(memory + plan->rangeLine) + column;
  line[0] = code16(range);
  line[plan->width] = code16(sigma);
  line[2 * plan->width] = code16(amplitude);
}

static void put(const TofPlan *plan, uint8_t *memory, uint32_t column, int16_t ambient, uint32_t flags) {
  uint32_t *counters = (uint32_t *)(memory + plan->counters);
  ((int16_t *)(memory + plan->ambientLine))[column] = ambient;
  memory[plan->flagsLine + column] = (uint8_t)flags;
  if (!(flags & PIXEL_INVALID)) counters[0]++;
  for (int i = 0; i < 6; i++) counters[1 + i] += (flags & COUNTED[i]) != 0;
}

static bool isAbove(const Fit *fit, double sigmas) {
  return fit->amplitudeE * fit->amplitudeE >= sigmas * sigmas * fit->amplitudeVariance;
}

static void putReturn(const TofPlan *plan, uint8_t *memory, uint32_t column, const Fit *fit, bool saturated) {
  const double pixelNs = ((const int16_t *)(memory + plan->timeMap))[column] * TIME_MAP_NS;
  const double timeNs = plan->t0MinNs + fit->positionNs - plan->timeOffsetNs - pixelNs;
  const double range = timeNs * HALF_LIGHT_M_PER_NS / plan->rangeScale;
  const double sigma = sqrt(fit->positionVariance) * HALF_LIGHT_M_PER_NS / plan->sigmaScale;
  store(plan, memory, column, range, sigma, fit->amplitudeE / plan->amplitudeScale);
  uint32_t flags = saturated ? PIXEL_SATURATED : 0;
  if (!isAbove(fit, plan->lowSignalSigma)) flags |= PIXEL_LOW_SIGNAL;
  if (fit->misfit > plan->misfitChi2) flags |= PIXEL_MISFIT;
  if (!insideWindow(plan, fit->positionNs) || range < 0.0) flags |= PIXEL_WINDOW;
  put(plan, memory, column, ambientCode(plan, memory, column, fit->backgroundE), flags);
}

static void pixel(const TofPlan *plan, uint8_t *memory, uint32_t column, const Tile *tile, int lane, Start start) {
  if (memory[plan->badMap + column]) {
    store(plan, memory, column, 0, 0, 0);
    put(plan, memory, column, 0, PIXEL_BAD);
    return;
  }
  const uint32_t saturated = tile->saturatedGates[lane];
  Fit fit = fitPixel(plan, memory, tile->electrons[lane], plan->gates - saturated, start);
  if (fit.found && isAbove(&fit, plan->detectionSigma)) {
    if (saturated == 0) averageTime(plan, memory, tile->electrons[lane], &fit);
    putReturn(plan, memory, column, &fit, saturated != 0);
    return;
  }
  store(plan, memory, column, 0, 0, 0);
  const uint32_t flags = PIXEL_NO_RETURN | (saturated ? PIXEL_SATURATED : 0);
  put(plan, memory, column, ambientCode(plan, memory, column, start.meanE), flags);
}

void tofLine(const TofPlan *plan, uint8_t *memory) {
  Tile tile;
  Start starts[TILE];
  for (uint32_t column = 0; column < plan->width; column += TILE) {
    loadTile(plan, memory, column, &tile);
    matchTile(plan, memory, column, &tile, starts);
    for (int l = 0; l < TILE && column + (uint32_t)l < plan->width; l++)
      pixel(plan, memory, column + (uint32_t)l, &tile, l, starts[l]);
  }
}

