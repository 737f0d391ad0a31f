// Runs the C twins for the bench, which speaks to it over stdin and stdout and interleaves it with everything else:
//   open BYTES\n + bytes   a memory with its plan or buffers -> its number
//   run MEMORY CASE PLAN COUNT\n   calls the case COUNT times -> nanoseconds by this process's own clock
//   read MEMORY ADDRESS BYTES\n   -> the bytes
// Ends with its input.
#include "image-plan.h"
#include "native.h"
#include "tof-plan.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MEMORIES_MAX = 16, ALIGNMENT = 64 };

static uint8_t *memories[MEMORIES_MAX];
static int memoryCount = 0;

static uint64_t nowNs(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void fail(const char *what) {
  fprintf(stderr, "native twins: %s\n", what);
  exit(1);
}

static void runTof(uint8_t *memory, uint32_t plan) { tofLine((const TofPlan *)(memory + plan), memory); }

/** The matched filter alone. */
static void runMatch(uint8_t *memory, uint32_t plan) {
  const TofPlan *p = (const TofPlan *)(memory + plan);
  Tile tile;
  Start starts[TILE];
  for (uint32_t column = 0; column < p->width; column += TILE) {
    loadTile(p, memory, column, &tile);
    matchTile(p, memory, column, &tile, starts);
  }
}

static void runImage(uint8_t *memory, uint32_t plan) { imageFrame((const ImagePlan *)(memory + plan), memory); }

typedef struct {
  uint32_t samples, width, lines, target, bytes;
} PackPlan;

static void runPack12(uint8_t *memory, uint32_t plan) {
  const PackPlan *p = (const PackPlan *)(memory + plan);
  const uint16_t *samples = (const uint16_t *)(memory + p->samples);
  for (uint32_t line = 0; line < p->lines; line++) pack12(samples + line * p->width, memory + p->target, p->width);
}

static void runLossless(uint8_t *memory, uint32_t plan) {
  PackPlan *p = (PackPlan *)(memory + plan);
  const uint16_t *samples = (const uint16_t *)(memory + p->samples);
  size_t bytes = 0;
  for (uint32_t line = 0; line < p->lines; line++)
    bytes += packLossless(samples + line * p->width, memory + p->target, p->width, line == 0);
  p->bytes = (uint32_t)bytes;
}

/** Plan: ranges, flags, directions, points, pixels. */
static void runPoints(uint8_t *memory, uint32_t plan) {
  const uint32_t *p = (const uint32_t *)(memory + plan);
  toPoints((const float *)(memory + p[0]), memory + p[1], (const float *)(memory + p[2]), (float *)(memory + p[3]), p[4]);
}

typedef struct {
  const char *name;
  void (*run)(uint8_t *memory, uint32_t plan);
} Case;

static const Case CASES[] = {{"image", runImage}, {"pack12", runPack12}, {"lossless", runLossless}, {"points", runPoints}, {"tof", runTof},           {"match", runMatch}};

static const Case *findCase(const char *name) {
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    if (strcmp(CASES[i].name, name) == 0) return &CASES[i];
  }
  fail("found a case that it does not have");
  return NULL;
}

static uint8_t *memoryAt(int index) {
  if (index < 0 || index >= memoryCount) fail("found the number of a memory that is not open");
  return memories[index];
}

static void openMemory(size_t bytes) {
  if (memoryCount == MEMORIES_MAX) fail("found too many memories");
  uint8_t *memory = aligned_alloc(ALIGNMENT, (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
  if (!memory || fread(memory, 1, bytes, stdin) != bytes) fail("found no room or no bytes for a memory");
  memories[memoryCount] = memory;
  printf("%d\n", memoryCount++);
}

static void timeCase(int index, const char *name, uint32_t plan, uint32_t count) {
  uint8_t *memory = memoryAt(index);
  const Case *found = findCase(name);
  const uint64_t start = nowNs();
  for (uint32_t i = 0; i < count; i++) found->run(memory, plan);
  printf("%llu\n", (unsigned long long)(nowNs() - start));
}

int main(void) {
  char line[256], name[32];
  int index;
  uint32_t plan, count;
  size_t bytes;
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "open %zu", &bytes) == 1) openMemory(bytes);
    else if (sscanf(line, "run %d %31s %u %u", &index, name, &plan, &count) == 4) timeCase(index, name, plan, count);
    else if (sscanf(line, "read %d %u %zu", &index, &plan, &bytes) == 3) fwrite(memoryAt(index) + plan, 1, bytes, stdout);
    else fail("found a command that it does not know");
    fflush(stdout);
  }
  return 0;
}
