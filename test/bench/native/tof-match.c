// C twin of firmware/stages/correct.ts and matched-filter.ts.
#include "quads.h"
#include "tof-plan.h"
#include <math.h>

enum { CODE_MIDDLE = 32768, TEMPLATES_MAX = 1024 };

static void loadGate(const TofPlan *plan, const uint8_t *memory, uint32_t column, uint32_t gate, Tile *tile,
                     float electrons[TILE], uint16_t saturated[TILE]) {
  const uint16_t *samples = (const uint16_t *)(memory + plan->samples) + (size_t)gate * plan->width + column;
  const uint16_t *offset = (const uint16_t *)(memory + plan->offsetMap) + column;
  const uint16_t limit = (uint16_t)plan->saturationDn;
  const float gain = plan->gainE16;
  for (int l = 0; l < TILE; l++) {
    const uint16_t code = samples[l] < limit ? samples[l] : limit;
    const float value = (float)(code * 16 - offset[l]) * gain;
    saturated[l] = (uint16_t)(saturated[l] + (code == limit));
    electrons[l] = code == limit ? UNUSABLE_E : value;
    tile->codes[gate][l] = code - CODE_MIDDLE;
  }
}

void loadTile(const TofPlan *plan, const uint8_t *memory, uint32_t column, Tile *tile) {
  float electrons[GATES_MAX][TILE];
  uint16_t saturated[TILE] = {0};
  for (uint32_t gate = 0; gate < plan->gates; gate++)
    loadGate(plan, memory, column, gate, tile, electrons[gate], saturated);
  for (uint32_t gate = plan->gates; gate < plan->paddedGates; gate++) {
    for (int l = 0; l < TILE; l++) {
      electrons[gate][l] = UNUSABLE_E;
      tile->codes[gate][l] = 0;
    }
  }
  for (int l = 0; l < TILE; l++) {
    for (uint32_t gate = 0; gate < plan->paddedGates; gate++) tile->electrons[l][gate] = electrons[gate][l];
    tile->saturatedGates[l] = saturated[l];
  }
}

/** Correlations of eight columns with one template. */
static void correlate(const Tile *tile, const int16_t *row, uint32_t gates, int32_t *sums) {
  Mask low = {0}, high = {0};
  for (uint32_t gate = 0; gate < gates; gate++) {
    low += loadWords(tile->codes[gate]) * row[gate];
    high += loadWords(tile->codes[gate] + 4) * row[gate];
  }
  memcpy(sums, &low, sizeof low);
  memcpy(sums + 4, &high, sizeof high);
}

/** Index of the highest of `count` correlations of four columns; the first one of equals. */
static Mask findBest(int32_t (*correlations)[TILE], uint32_t count, int first) {
  Mask highest = loadWords(correlations[0] + first), best = {0};
  for (uint32_t t = 1; t < count; t++) {
    const Mask value = loadWords(correlations[t] + first);
    const Mask higher = value > highest;
    highest = (value & higher) | (highest & ~higher);
    best = ((int32_t)t & higher) | (best & ~higher);
  }
  return best;
}

/** Vertex of the parabola through the best correlation of a column and its neighbours, in templates. */
static double vertex(int32_t (*correlations)[TILE], int lane, uint32_t best, uint32_t count) {
  if (best == 0 || best + 1 >= count) return 0;
  const double before = correlations[best - 1][lane], after = correlations[best + 1][lane];
  const double curvature = before + after - 2.0 * correlations[best][lane];
  if (curvature >= 0.0) return 0;
  const double place = 0.5 * (before - after) / curvature;
  return place < -0.5 ? -0.5 : place > 0.5 ? 0.5 : place;
}

static Start startOf(const TofPlan *plan, const uint8_t *memory, int32_t (*correlations)[TILE], int lane, uint32_t best,
                     uint16_t offset) {
  const float *scales = (const float *)(memory + plan->templateScales) + 2 * best;
  const double place = (best + vertex(correlations, lane, best, plan->templateCount)) * plan->templateStepNs;
  const double amplitude = (double)correlations[best][lane] * scales[0];
  const double mean = (double)correlations[plan->templateCount][lane] / plan->gates + CODE_MIDDLE;
  Start start;
  start.positionNs = place < plan->spanNs ? place : plan->spanNs;
  start.amplitudeE = (float)(amplitude > 0.0 ? amplitude : 0.0);
  start.limitE = ((plan->saturationDn - 0.5) * 16.0 - offset) * plan->gainE16;
  start.meanE = (mean * 16.0 - offset) * plan->gainE16;
  start.backgroundE = (float)(start.meanE - start.amplitudeE * scales[1]);
  return start;
}

void matchTile(const TofPlan *plan, const uint8_t *memory, uint32_t column, const Tile *tile, Start *starts) {
  const int16_t *templates = (const int16_t *)(memory + plan->templates);
  const uint16_t *offset = (const uint16_t *)(memory + plan->offsetMap) + column;
  int32_t correlations[TEMPLATES_MAX][TILE];
  for (uint32_t t = 0; t <= plan->templateCount; t++)
    correlate(tile, templates + (size_t)t * plan->paddedGates, plan->paddedGates, correlations[t]);
  const Mask best[2] = {findBest(correlations, plan->templateCount, 0), findBest(correlations, plan->templateCount, 4)};
  for (int l = 0; l < TILE; l++)
    starts[l] = startOf(plan, memory, correlations, l, (uint32_t)best[l / 4][l % 4], offset[l]);
}
