#include "nor-flash.h"

#include <contract.h>
#include <string.h>

#include "doubts.h"
#include "mix.h"

enum { PLANNED = 4, STUCK = 4 };

_Noreturn void stop(const char* why);

static struct {
  uint32_t erased, unit, regions;
  uint32_t sector_bytes[FLASH_REGIONS], sectors[FLASH_REGIONS];
} part;

static uint8_t cells[FLASH_BYTES_MAX];
static uint32_t bytes_in_all, reads;
static struct stuck stuck[STUCK];
static uint32_t stuck_count;
static struct { uint32_t operation; enum outcome outcome; } planned[PLANNED];
static uint32_t planned_count, operations;

void flash_describe(const uint8_t* block) {
  memcpy(&part.erased, block + BOARD_ERASED, 4);
  memcpy(&part.unit, block + BOARD_PROGRAM_UNIT, 4);
  memcpy(&part.regions, block + BOARD_REGIONS, 4);
  memcpy(part.sector_bytes, block + BOARD_REGION_BYTES, sizeof(part.sector_bytes));
  memcpy(part.sectors, block + BOARD_REGION_SECTORS, sizeof(part.sectors));
  bytes_in_all = 0;
  for (uint32_t i = 0; i < part.regions; i++) bytes_in_all += part.sector_bytes[i] * part.sectors[i];
  if (bytes_in_all > FLASH_BYTES_MAX) stop("the model of the flash has no room for this one");
  flash_fresh();
}

uint32_t flash_bytes(void) {
  return bytes_in_all;
}

const uint8_t* flash_cells(void) {
  return cells;
}

void flash_fresh(void) {
  memset(cells, 0xff, bytes_in_all);
  doubts_clear();
  stuck_count = 0;
  reads = 0;
}

void flash_stick(struct stuck more) {
  if (stuck_count == STUCK) stop("the model of the flash has no room for more stuck cells");
  stuck[stuck_count++] = more;
}

void flash_power_up(void) {
  reads = 0;
  doubts_age();
}

void flash_plan(uint32_t operation, enum outcome outcome) {
  if (planned_count == PLANNED) stop("the model of the flash has no room for more planned outcomes");
  planned[planned_count].operation = operations + operation;
  planned[planned_count++].outcome = outcome;
}

void flash_plan_end(void) {
  planned_count = 0;
}

static enum outcome next_outcome(void) {
  const uint32_t operation = operations++;
  for (uint32_t i = 0; i < planned_count; i++) {
    if (planned[i].operation == operation) return planned[i].outcome;
  }
  return DONE;
}

/** Done, or done when the power goes. */
static bool is_whole(enum outcome outcome) {
  return outcome == DONE || outcome == AFTER;
}

static bool is_undone(enum outcome outcome) {
  return outcome == BEFORE || outcome == NO_OP;
}

static bool is_drift(enum outcome outcome) {
  return outcome == FLICKER || outcome == FADING || outcome == EMERGING;
}

struct place {
  uint32_t start, bytes;
};

/** The sector that an address is in; one of no bytes behind the last. */
static struct place sector_at(uint32_t address) {
  struct place place = {0, 0};
  for (uint32_t i = 0; i < part.regions; i++) {
    const uint32_t bytes = part.sector_bytes[i];
    const uint32_t end = place.start + bytes * part.sectors[i];
    if (address < end) return (struct place){place.start + (address - place.start) / bytes * bytes, bytes};
    place.start = end;
  }
  return place;
}

/** Bits that are left alone, of the byte `at` of `bytes`. */
static uint32_t untouched(enum outcome outcome, uint32_t at, uint32_t bytes, uint32_t seed) {
  if (outcome == FRONT_HALF) return 2 * at < bytes ? 0 : 0xff;
  if (outcome == BACK_HALF) return 2 * at < bytes ? 0xff : 0;
  return mix(seed, at) & 0xff;
}

static void program_cells(uint32_t address, const uint8_t* data, uint32_t bytes) {
  const uint32_t start = address % FLASH_PAGE;
  for (uint32_t at = 0; at < bytes; at++) cells[address + at] &= data[at];
  doubts_programmed(address - start, start, data, bytes);
}

/** Programs within a page; the power may go on the way. */
static void program_torn(uint32_t address, uint8_t* data, uint32_t bytes, enum outcome outcome) {
  const uint32_t start = address % FLASH_PAGE;
  if (is_drift(outcome)) {
    uint8_t after[FLASH_PAGE];
    memcpy(after, cells + address - start, FLASH_PAGE);
    for (uint32_t at = 0; at < bytes; at++) after[start + at] &= data[at];
    doubts_leave(address - start, cells + address - start, after, outcome);
    return;
  }
  const uint32_t seed = mix((address - sector_at(address).start) / FLASH_PAGE, start);
  for (uint32_t at = 0; at < bytes; at++) data[at] |= (uint8_t)untouched(outcome, at, bytes, seed);
  program_cells(address, data, bytes);
}

static void erase_page(uint32_t page) {
  memset(cells + page, 0xff, FLASH_PAGE);
  doubts_erased(page, FLASH_PAGE);
}

static void erase_page_torn(uint32_t page, uint32_t index, uint32_t pages, enum outcome outcome) {
  static uint8_t erased[FLASH_PAGE];
  memset(erased, 0xff, sizeof(erased));
  if (is_drift(outcome)) {
    doubts_leave(page, cells + page, erased, outcome);
  } else if (outcome == SUBSET) {
    for (uint32_t at = 0; at < FLASH_PAGE; at++) cells[page + at] |= (uint8_t)mix(index, at);
  } else if (untouched(outcome, index, pages, 0) == 0) {
    erase_page(page);
  }
}

static void erase_torn(struct place sector, enum outcome outcome) {
  const uint32_t pages = sector.bytes / FLASH_PAGE;
  for (uint32_t i = 0; i < pages; i++) erase_page_torn(sector.start + i * FLASH_PAGE, i, pages, outcome);
}

static void flip(uint8_t* bytes, uint32_t count) {
  const uint8_t mask = (uint8_t)part.erased ^ 0xff;
  if (mask == 0) return;
  for (uint32_t at = 0; at < count; at++) bytes[at] ^= mask;
}

uint32_t flash_read(uint32_t address, uint8_t* into, uint32_t bytes) {
  if ((uint64_t)address + bytes > bytes_in_all) return 1;
  reads++;
  memcpy(into, cells + address, bytes);
  doubts_read(address, into, bytes, reads);
  flip(into, bytes);
  for (uint32_t i = 0; i < stuck_count; i++) {
    const uint32_t at = stuck[i].address - address;
    if (at < bytes) into[at] = (uint8_t)((into[at] & ~stuck[i].mask) | (stuck[i].value & stuck[i].mask));
  }
  return 0;
}

static bool is_programmable(uint32_t address, uint32_t bytes) {
  if ((uint64_t)address + bytes > bytes_in_all || bytes == 0) return false;
  return address % part.unit == 0 && bytes % part.unit == 0 && address % FLASH_PAGE + bytes <= FLASH_PAGE;
}

uint32_t flash_program(uint32_t address, const uint8_t* source, uint32_t bytes) {
  uint8_t data[FLASH_PAGE];
  if (!is_programmable(address, bytes)) return 1;
  memcpy(data, source, bytes);
  flip(data, bytes);
  const enum outcome outcome = next_outcome();
  if (is_whole(outcome)) program_cells(address, data, bytes);
  else if (!is_undone(outcome)) program_torn(address, data, bytes, outcome);
  if (outcome < NO_OP) power_cut();
  return 0;
}

uint32_t flash_erase(uint32_t address) {
  const struct place sector = sector_at(address);
  if (sector.bytes == 0 || sector.start != address) return 1;
  const enum outcome outcome = next_outcome();
  if (is_whole(outcome)) {
    memset(cells + sector.start, 0xff, sector.bytes);
    doubts_erased(sector.start, sector.bytes);
  } else if (!is_undone(outcome)) {
    erase_torn(sector, outcome);
  }
  if (outcome < NO_OP) power_cut();
  return 0;
}
