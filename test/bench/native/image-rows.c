// C twin of firmware/imaging/replace.ts and rows.ts.
#include "image-plan.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 3, EIGHT = 8, PIXEL_BAD = 0x10, PIXEL_REPLACED = 0x40, PIXEL_INVALID = 0x91 };
/** Counters of flags in the order of firmware/stages/classify.ts; the first counts what has none of PIXEL_INVALID. */
static const uint8_t COUNTED[6] = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20};

typedef struct {
  const ImagePlan *plan;
  uint16_t *intensity, *sigma;
  uint8_t *flags;
} Ring;

typedef struct {
  uint32_t sum, lowest, highest, count;
  float variance;
} Patch;

static uint32_t ringOffset(const ImagePlan *plan, uint32_t row) { return row % LINES * plan->paddedWidth; }

static Ring ringOf(const ImagePlan *plan, uint8_t *memory) {
  return (Ring){plan, (uint16_t *)(memory + plan->intensity), (uint16_t *)(memory + plan->sigma), memory + plan->flags};
}

static int32_t goodAt(const Ring *ring, int32_t row, int32_t column) {
  const ImagePlan *plan = ring->plan;
  if (row < 0 || row >= (int32_t)plan->height || column < 0 || column >= (int32_t)plan->width) return -1;
  const int32_t at = (int32_t)ringOffset(plan, (uint32_t)row) + column;
  return ring->flags[at] & PIXEL_BAD ? -1 : at;
}

static void addToPatch(const Ring *ring, Patch *patch, int32_t at) {
  if (at < 0) return;
  const uint32_t code = ring->intensity[at];
  const float sigma = ring->sigma[at];
  patch->sum += code;
  if (code < patch->lowest) patch->lowest = code;
  if (code > patch->highest) patch->highest = code;
  patch->count++;
  patch->variance += sigma * sigma;
}

static Patch pairPatch(const Ring *ring, int32_t row, int32_t column) {
  static const int8_t steps[4][2] = {{0, 1}, {1, 0}, {1, 1}, {1, -1}};
  Patch patch = {0, UINT16_MAX, 0, 0, 0};
  uint32_t smallest = UINT32_MAX;
  int32_t bestA = -1, bestB = -1;
  for (int direction = 0; direction < 4; direction++) {
    const int32_t a = goodAt(ring, row - steps[direction][0], column - steps[direction][1]);
    const int32_t b = goodAt(ring, row + steps[direction][0], column + steps[direction][1]);
    if (a < 0 || b < 0) continue;
    const uint32_t gradient = (uint32_t)abs((int32_t)ring->intensity[a] - (int32_t)ring->intensity[b]);
    if (gradient >= smallest) continue;
    smallest = gradient;
    bestA = a;
    bestB = b;
  }
  addToPatch(ring, &patch, bestA);
  addToPatch(ring, &patch, bestB);
  return patch;
}

static void replacePixel(const Ring *ring, int32_t row, int32_t column) {
  const ImagePlan *plan = ring->plan;
  const uint32_t at = ringOffset(plan, (uint32_t)row) + (uint32_t)column;
  Patch patch = pairPatch(ring, row, column);
  if (patch.count == 0) {
    for (int k = 0; k < 9; k++) addToPatch(ring, &patch, goodAt(ring, row - 1 + k / 3, column - 1 + k % 3));
  }
  if (patch.count == 0) {
    ring->intensity[at] = (uint16_t)plan->intensityOffset;
    ring->sigma[at] = UINT16_MAX;
    return;
  }
  const float count = (float)patch.count;
  const float half = (float)(patch.highest - patch.lowest) * (plan->intensityScale * plan->sigmaPerDn * 0.5f);
  const float sigma = sqrtf(patch.variance / (count * count) + half * half) + 0.5f;
  ring->intensity[at] = (uint16_t)((patch.sum + (patch.count >> 1)) / patch.count);
  ring->sigma[at] = (uint16_t)(sigma < 65535.0f ? sigma : 65535.0f);
  ring->flags[at] |= PIXEL_REPLACED;
}

static void countFlags(uint32_t *counters, uint8_t flags) {
  if (!(flags & PIXEL_INVALID)) counters[0]++;
  for (int i = 0; i < 6; i++) counters[1 + i] += (flags & COUNTED[i]) != 0;
}

static void completePixels(const Ring *ring, uint32_t *counters, uint32_t row, uint32_t first, uint32_t count) {
  for (uint32_t x = first; x < first + count; x++) {
    const uint8_t flags = ring->flags[ringOffset(ring->plan, row) + x];
    countFlags(counters, flags);
    if (flags & PIXEL_BAD && ring->plan->corrections & CORRECT_BAD_PIXELS) replacePixel(ring, (int32_t)row, (int32_t)x);
  }
}

/** Most pixels have no flag: eight at a time. */
static void completeRow(const ImagePlan *plan, uint8_t *memory, uint32_t row) {
  const Ring ring = ringOf(plan, memory);
  const uint8_t *flags = ring.flags + ringOffset(plan, row);
  uint32_t *counters = (uint32_t *)(memory + plan->counters);
  uint32_t clear = 0;
  for (uint32_t first = 0; first < plan->width; first += EIGHT) {
    const uint32_t left = plan->width - first;
    const uint32_t count = left < EIGHT ? left : EIGHT;
    uint64_t eight;
    memcpy(&eight, flags + first, EIGHT);
    if (eight == 0) clear += count;
    else completePixels(&ring, counters, row, first, count);
  }
  counters[0] += clear;
}

static void computeRow(const ImagePlan *plan, uint8_t *memory, uint32_t row) {
  const Ring ring = ringOf(plan, memory);
  const uint32_t at = ringOffset(plan, row);
  const ImageLine line = {plan, memory, ring.intensity + at, ring.sigma + at, ring.flags + at};
  if (plan->readMode == READ_RAMP) rampLine(&line);
  else directLine(&line);
}

void imageFrame(const ImagePlan *plan, uint8_t *memory) {
  computeRow(plan, memory, 0);
  for (uint32_t row = 1; row < plan->height; row++) {
    computeRow(plan, memory, row);
    completeRow(plan, memory, row - 1);
  }
  completeRow(plan, memory, plan->height - 1);
}
