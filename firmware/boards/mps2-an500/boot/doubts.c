#include "doubts.h"

#include <contract.h>
#include <string.h>

#include "mix.h"

enum { DOUBTS = 2048 };

_Noreturn void stop(const char* why);

struct doubt {
  /** Address of the page, and the bytes of it that are in doubt. */
  uint32_t page, start, end;
  enum outcome drift;
  uint32_t age;
  uint8_t bits[FLASH_PAGE], before[FLASH_PAGE];
};

static struct doubt doubts[DOUBTS];
/** In use, in order of the cuts. */
static uint32_t count;

void doubts_clear(void) {
  count = 0;
}

void doubts_age(void) {
  for (uint32_t i = 0; i < count; i++) {
    if (doubts[i].age < DOUBT_AGE_MAX) doubts[i].age++;
  }
}

static bool is_doubtful(const struct doubt* doubt) {
  for (uint32_t at = doubt->start; at < doubt->end; at++) {
    if (doubt->bits[at] != 0) return true;
  }
  return false;
}

static void drop(uint32_t i) {
  count--;
  memmove(&doubts[i], &doubts[i + 1], (count - i) * sizeof(doubts[0]));
}

void doubts_programmed(uint32_t page, uint32_t start, const uint8_t* data, uint32_t bytes) {
  for (uint32_t i = count; i-- > 0;) {
    if (doubts[i].page != page) continue;
    for (uint32_t at = 0; at < bytes; at++) doubts[i].bits[start + at] &= data[at];
    if (!is_doubtful(&doubts[i])) drop(i);
  }
}

void doubts_erased(uint32_t address, uint32_t bytes) {
  for (uint32_t i = count; i-- > 0;) {
    if (doubts[i].page - address < bytes) drop(i);
  }
}

void doubts_leave(uint32_t page, const uint8_t* before, const uint8_t* after, enum outcome drift) {
  if (count == DOUBTS) stop("the model of the flash has no room for more cells in doubt");
  struct doubt* doubt = &doubts[count];
  *doubt = (struct doubt){.page = page, .start = FLASH_PAGE, .drift = drift};
  for (uint32_t at = 0; at < FLASH_PAGE; at++) {
    doubt->bits[at] = before[at] ^ after[at];
    doubt->before[at] = before[at];
    if (doubt->bits[at] == 0) continue;
    if (doubt->start == FLASH_PAGE) doubt->start = at;
    doubt->end = at + 1;
  }
  if (doubt->end > 0) count++;
}

/** Which of eight bits read as finished. */
static uint32_t finished_bits(const struct doubt* doubt, uint32_t cell, uint32_t reads) {
  if (doubt->drift == FLICKER) return mix(mix(cell, reads), doubt->age) & 0xff;
  return (doubt->drift == FADING) == (doubt->age <= 1) ? 0xff : 0;
}

void doubts_read(uint32_t address, uint8_t* into, uint32_t bytes, uint32_t reads) {
  for (uint32_t i = 0; i < count; i++) {
    const struct doubt* doubt = &doubts[i];
    if (doubt->page + FLASH_PAGE <= address || doubt->page >= address + bytes) continue;
    for (uint32_t at = doubt->start; at < doubt->end; at++) {
      const uint32_t place = doubt->page + at - address;
      if (place >= bytes) continue;
      const uint32_t bits = doubt->bits[at];
      const uint32_t value = doubt->before[at] ^ finished_bits(doubt, at, reads);
      into[place] = (uint8_t)((into[place] & ~bits) | (value & bits));
    }
  }
}
