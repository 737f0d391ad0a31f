// C twin of firmware/stages/correct.ts and matched-filter.ts.
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
    tile->codes[l][gate] = (int16_t)(code ^ CODE_MIDDLE);
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
      tile->codes[l][gate] = 0;
    }
  }
  for (int l = 0; l < TILE; l++) {
    for (uint32_t gate = 0; gate < plan->paddedGates; gate++) tile->electrons[l][gate] = electrons[gate][l];
    tile->saturatedGates[l] = saturated[l];
  }
}

/** For gcc's dot product of 16-bit lanes. */
static int32_t correlate(const int16_t *restrict codes, const int16_t *restrict row, uint32_t gates) {
  int32_t sum = 0;
  for (uint32_t gate = 0; gate < gates; gate++) sum += codes[gate] * row[gate];
  return sum;
}

/** Vertex of the parabola through the best correlation and its neighbours, in templates. */
static double vertex(const int32_t *correlations, uint32_t best, uint32_t count) {
  if (best == 0 || best + 1 >= count) return 0;
  const double before = correlations[best - 1], after = correlations[best + 1];
  const double curvature = before + after - 2.0 * correlations[best];
  if (curvature >= 0.0) return 0;
  const double place = 0.5 * (before - after) / curvature;
  return place < -0.5 ? -0.5 : place > 0.5 ? 0.5 : place;
}

void matchTile(const TofPlan *plan, const uint8_t *memory, uint32_t column, const Tile *tile, Start *starts) {
  const int16_t *templates = (const int16_t *)(memory + plan->templates);
  const float *scales = (const float *)(memory + plan->templateScales);
  const uint16_t *offset = (const uint16_t *)(memory + plan->offsetMap) + column;
  int32_t correlations[TILE][TEMPLATES_MAX];
  for (uint32_t t = 0; t <= plan->templateCount; t++) {
    const int16_t *row = templates + (size_t)t * plan->paddedGates;
    for (int l = 0; l < TILE; l++) correlations[l][t] = correlate(tile->codes[l], row, plan->paddedGates);
  }
  for (int l = 0; l < TILE; l++) {
    const int32_t *own = correlations[l];
    uint32_t best = 0;
    for (uint32_t t = 1; t < plan->templateCount; t++) best = own[t] > own[best] ? t : best;
    const double place = (best + vertex(own, best, plan->templateCount)) * plan->templateStepNs;
    const double amplitude = (double)own[best] * scales[2 * best];
    const double mean = (double)own[plan->templateCount] / plan->gates + CODE_MIDDLE;
    Start *start = &starts[l];
    start->positionNs = place < plan->spanNs ? place : plan->spanNs;
    start->amplitudeE = (float)(amplitude > 0.0 ? amplitude : 0.0);
    start->meanE = (mean * 16.0 - offset[l]) * plan->gainE16;
    start->backgroundE = (float)(start->meanE - start->amplitudeE * scales[2 * best + 1]);
  }
}
