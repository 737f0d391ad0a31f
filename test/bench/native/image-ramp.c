// C twin of firmware/imaging/ramp.ts, ramp-tile.ts, elimination.ts and jumps.ts: eight ramps side by side.
#include "image-plan.h"
#include "quads.h"
#include <stdbool.h>

enum { TILE = 8, READS_MAX = 64, READS_FOR_JUMPS = 4, DROPS_MAX = 2, DIFFERENCES_MIN = 3 };
enum { PIXEL_SATURATED = 0x04, PIXEL_MISFIT = 0x08, PIXEL_BAD = 0x10 };
static const float UNKNOWN = 1e30f;

typedef float Lanes[TILE];

/** What a tile of ramps is computed in. */
typedef struct {
  Lanes reads[READS_MAX], pivots[READS_MAX], data[READS_MAX], ones[READS_MAX];
  Lanes rates, slopes, weights, changes, misfits;
  int32_t usable[TILE];
  uint8_t flags[TILE];
  bool cut;
} Ramps;

typedef struct {
  float weight, change, slope, misfit;
} RampFit;

/** Codes of four lanes as linear DN. */
static inline Quad linearDn(const ImagePlan *plan, const uint16_t *codes) {
  const Quad code = {codes[0], codes[1], codes[2], codes[3]};
  return code * (plan->linear1 + code * (plan->linear2 + code * plan->linear3));
}

/** Counts the reads of each lane before its first saturated one. Returns whether a lane has one. */
static bool countUsable(const ImagePlan *plan, const uint16_t *samples, Ramps *ramps) {
  const uint16_t limit = (uint16_t)plan->saturationDn;
  Short8 alive = {1, 1, 1, 1, 1, 1, 1, 1}, usable = {0};
  for (uint32_t i = 0; i < plan->reads; i++) {
    Short8 codes;
    memcpy(&codes, samples + i * plan->width, sizeof codes);
    alive &= (Short8)(codes < limit);
    usable += alive;
  }
  bool cut = false;
  for (int l = 0; l < TILE; l++) {
    ramps->usable[l] = usable[l];
    ramps->flags[l] = alive[l] ? 0 : PIXEL_SATURATED;
    cut |= !alive[l];
  }
  return cut;
}

static void loadTile(const ImageLine *line, Ramps *ramps, uint32_t column) {
  const ImagePlan *plan = line->plan;
  const uint16_t *samples = (const uint16_t *)(line->memory + plan->samples) + column;
  Quad low = splat(0), high = splat(0);
  float factor = -plan->intervals;
  for (uint32_t i = 0; i < plan->reads; i++) {
    const uint16_t *codes = samples + i * plan->width;
    const Quad readLow = linearDn(plan, codes);
    const Quad readHigh = linearDn(plan, codes + 4);
    storeQuad(ramps->reads[i], readLow);
    storeQuad(ramps->reads[i] + 4, readHigh);
    low += factor * readLow;
    high += factor * readHigh;
    factor += 2;
  }
  storeQuad(ramps->rates, low * plan->slopeFactor);
  storeQuad(ramps->rates + 4, high * plan->slopeFactor);
  ramps->cut = countUsable(plan, samples, ramps);
}

static void startCutRates(const ImagePlan *plan, Ramps *ramps) {
  for (int l = 0; l < TILE; l++) {
    const int32_t usable = ramps->usable[l];
    if (usable < 2) ramps->rates[l] = 0;
    else if (usable < (int32_t)plan->reads)
      ramps->rates[l] = (ramps->reads[usable - 1][l] - ramps->reads[0][l]) / (float)(usable - 1);
  }
}

static float diagonalOf(const ImagePlan *plan, float rate) {
  const float positive = rate > 0 ? rate : 0;
  const float bend = positive * plan->ratioBend;
  return 2.0f + positive * (plan->rateToRatio + (bend < plan->mostBend ? bend : plan->mostBend));
}

typedef struct {
  Quad diagonal, rate, pivot, data, ones, dataSum, weight, squares;
} Elimination;

static Elimination startElimination(const ImagePlan *plan, const float *rates) {
  const Quad rate = loadQuad(rates);
  Elimination e = {.rate = rate};
  for (int l = 0; l < 4; l++) e.diagonal[l] = diagonalOf(plan, rate[l]);
  return e;
}

/** Read `i` of four lanes from `first` on. */
static inline __attribute__((always_inline)) void eliminateRead(Elimination *e, Ramps *ramps, uint32_t i, int first,
                                                                bool cut) {
  e->pivot = 1.0f / (e->diagonal - e->pivot);
  if (cut) {
    Mask usable;
    memcpy(&usable, ramps->usable + first, sizeof usable);
    e->pivot = choose(usable > (int32_t)i, e->pivot, splat(0));
  }
  const Quad step = loadQuad(ramps->reads[i] + first) - loadQuad(ramps->reads[i - 1] + first);
  const Quad rest = step - e->rate + e->data;
  const Quad one = 1.0f + e->ones;
  e->data = e->pivot * rest;
  e->ones = e->pivot * one;
  e->dataSum += one * e->data;
  e->weight += one * e->ones;
  e->squares += rest * e->data;
  storeQuad(ramps->pivots[i] + first, e->pivot);
  storeQuad(ramps->data[i] + first, e->data);
  storeQuad(ramps->ones[i] + first, e->ones);
}

static void keepElimination(const Elimination *e, Ramps *ramps, int first) {
  const Quad change = e->dataSum / e->weight;
  storeQuad(ramps->slopes + first, e->rate + change);
  storeQuad(ramps->weights + first, e->weight);
  storeQuad(ramps->changes + first, change);
  storeQuad(ramps->misfits + first, e->squares - change * e->dataSum);
}

static inline __attribute__((always_inline)) void eliminateTile(const ImagePlan *plan, Ramps *ramps, bool cut) {
  Elimination low = startElimination(plan, ramps->rates);
  Elimination high = startElimination(plan, ramps->rates + 4);
  for (uint32_t i = 1; i < plan->reads; i++) {
    eliminateRead(&low, ramps, i, 0, cut);
    eliminateRead(&high, ramps, i, 4, cut);
  }
  keepElimination(&low, ramps, 0);
  keepElimination(&high, ramps, 4);
}

/** Set where leaving out some difference of four lanes gains more than the screening level. */
static Mask gainingLanes(const ImagePlan *plan, const Ramps *ramps, int first) {
  const Quad change = loadQuad(ramps->changes + first);
  const Quad perWeight = 1.0f / loadQuad(ramps->weights + first);
  Quad residual = splat(0), row = splat(0), corner = splat(0);
  Mask gaining = {0};
  for (uint32_t i = plan->reads - 1; i > 0; i--) {
    const Quad pivot = loadQuad(ramps->pivots[i] + first);
    const Quad ones = loadQuad(ramps->ones[i] + first);
    residual = loadQuad(ramps->data[i] + first) - change * ones + pivot * residual;
    row = ones + pivot * row;
    corner = pivot * (1.0f + pivot * corner);
    const Quad room = corner - row * row * perWeight;
    gaining |= residual * residual > plan->screenLevel * room;
  }
  return gaining;
}

static RampFit eliminateLane(const ImagePlan *plan, Ramps *ramps, int lane, uint64_t bits, float rate) {
  const float diagonal = diagonalOf(plan, rate);
  float pivot = 0, data = 0, ones = 0, dataSum = 0, weight = 0, squares = 0;
  for (uint32_t i = 1; i < plan->reads; i++) {
    const float rest = ramps->reads[i][lane] - ramps->reads[i - 1][lane] - rate + data;
    const float one = 1.0f + ones;
    pivot = bits >> i & 1 ? 1.0f / (diagonal - pivot) : 0;
    data = pivot * rest;
    ones = pivot * one;
    dataSum += one * data;
    weight += one * ones;
    squares += rest * data;
    ramps->pivots[i][lane] = pivot;
    ramps->data[i][lane] = data;
    ramps->ones[i][lane] = ones;
  }
  const float change = dataSum / weight;
  return (RampFit){weight, change, rate + change, squares - change * dataSum};
}

static uint32_t searchGains(const ImagePlan *plan, const Ramps *ramps, int lane, uint64_t bits, RampFit fit, float *best) {
  const float perWeight = 1.0f / fit.weight;
  float residual = 0, row = 0, corner = 0;
  uint32_t index = 0;
  *best = 0;
  for (uint32_t i = plan->reads - 1; i > 0; i--) {
    const float pivot = ramps->pivots[i][lane], ones = ramps->ones[i][lane];
    residual = ramps->data[i][lane] - fit.change * ones + pivot * residual;
    row = ones + pivot * row;
    corner = pivot * (1.0f + pivot * corner);
    const float room = corner - row * row * perWeight;
    if (!(bits >> i & 1) || !(room > 0)) continue;
    const float gain = residual * residual / room;
    if (gain > *best) {
      *best = gain;
      index = i;
    }
  }
  return index;
}

static float meanDifference(const ImagePlan *plan, const Ramps *ramps, int lane, uint64_t bits) {
  float sum = 0;
  for (uint32_t i = 1; i < plan->reads; i++) {
    if (bits >> i & 1) sum += ramps->reads[i][lane] - ramps->reads[i - 1][lane];
  }
  return sum / (float)__builtin_popcountll(bits);
}

static uint64_t dropWorst(const ImagePlan *plan, Ramps *ramps, int lane, uint64_t bits, RampFit *fit) {
  float gain;
  const uint32_t suspect = searchGains(plan, ramps, lane, bits, *fit, &gain);
  if (suspect == 0 || gain <= plan->screenLevel) return bits;
  const uint64_t others = bits & ~((uint64_t)1 << suspect);
  const float rate = meanDifference(plan, ramps, lane, others);
  *fit = eliminateLane(plan, ramps, lane, bits, rate);
  if (searchGains(plan, ramps, lane, bits, *fit, &gain) != suspect || gain <= plan->jumpLevel) return bits;
  *fit = eliminateLane(plan, ramps, lane, others, rate);
  return others;
}

static void rejectJumps(const ImagePlan *plan, Ramps *ramps, int lane) {
  RampFit fit = {ramps->weights[lane], ramps->changes[lane], 0, 0};
  uint64_t bits = UINT64_MAX >> (64 - ramps->usable[lane]) & ~(uint64_t)1;
  for (int drops = 0; drops < DROPS_MAX && __builtin_popcountll(bits) >= DIFFERENCES_MIN; drops++) {
    const uint64_t left = dropWorst(plan, ramps, lane, bits, &fit);
    if (left == bits) return;
    bits = left;
    ramps->slopes[lane] = fit.slope;
    ramps->weights[lane] = fit.weight;
    ramps->flags[lane] |= PIXEL_MISFIT;
  }
}

static void rejectHalf(const ImagePlan *plan, Ramps *ramps, int first, int lanes) {
  int32_t suspect[4], any = 0;
  for (int l = 0; l < 4; l++) {
    suspect[l] = (ramps->usable[first + l] >= READS_FOR_JUMPS) & (ramps->misfits[first + l] > plan->screenLevel);
    any |= suspect[l];
  }
  if (!any) return;
  const Mask gaining = gainingLanes(plan, ramps, first);
  for (int l = 0; l < 4 && first + l < lanes; l++) {
    if (suspect[l] && gaining[l]) rejectJumps(plan, ramps, first + l);
  }
}

static void storeTile(const ImageLine *line, const Ramps *ramps, uint32_t column) {
  const ImagePlan *plan = line->plan;
  const uint16_t *darkMap = (const uint16_t *)(line->memory + plan->darkMap) + column;
  const uint8_t *badMap = line->memory + plan->badMap + column;
  Lanes signal, variance;
  for (int l = 0; l < TILE; l++) {
    const float dark = darkMap[l], sum = ramps->slopes[l] * plan->intervals, weight = ramps->weights[l];
    const float charge = sum > 0 ? sum : 0;
    const float flicker = dark * plan->flickerScale * (1.0f + charge * plan->flickerBend);
    signal[l] = weight > 0 ? sum - dark * plan->darkScale : UNKNOWN;
    variance[l] = weight > 0 ? plan->rampVariance / weight + flicker : UNKNOWN;
  }
  storeCodes(line, column, TILE, signal, variance);
  for (int l = 0; l < TILE; l++) line->flags[column + (uint32_t)l] = (uint8_t)(ramps->flags[l] | (badMap[l] ? PIXEL_BAD : 0));
}

void rampLine(const ImageLine *line) {
  const ImagePlan *plan = line->plan;
  Ramps ramps;
  for (uint32_t column = 0; column < plan->width; column += TILE) {
    loadTile(line, &ramps, column);
    if (ramps.cut) {
      startCutRates(plan, &ramps);
      eliminateTile(plan, &ramps, true);
    } else {
      eliminateTile(plan, &ramps, false);
    }
    const uint32_t left = plan->width - column;
    const int lanes = left < TILE ? (int)left : TILE;
    if (plan->corrections & CORRECT_JUMPS) {
      rejectHalf(plan, &ramps, 0, lanes);
      rejectHalf(plan, &ramps, 4, lanes);
    }
    storeTile(line, &ramps, column);
  }
}
