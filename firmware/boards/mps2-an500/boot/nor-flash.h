// A NOR flash in memory, with power cuts: twin of sim/flash, which see. Not here: wear, time, breaches of a part's rules.
#ifndef CQD_NOR_FLASH_H
#define CQD_NOR_FLASH_H

#include <stdbool.h>
#include <stdint.h>

enum { FLASH_PAGE = 256, FLASH_BYTES_MAX = 2 << 20 };

/** How an operation ends: order of OUTCOMES in sim/flash/torn.ts. All before NO_OP end with the power gone. DONE: as it should. */
enum outcome { BEFORE, AFTER, FRONT_HALF, BACK_HALF, SUBSET, FLICKER, FADING, EMERGING, NO_OP, DONE };

/** Cells that do not change any more. */
struct stuck {
  uint32_t address, mask, value;
};

/** The power goes. Does not return. */
_Noreturn void power_cut(void);

/** Another flash, all erased. @param block the boot loader's board block, see hw-profiles/interface/flash.ts. */
void flash_describe(const uint8_t* block);

uint32_t flash_bytes(void);

/** All erased, nothing stuck. */
void flash_fresh(void);

void flash_stick(struct stuck cells);

void flash_power_up(void);

/** Operation number `operation` from now on ends like this; see flash_plan_end(). */
void flash_plan(uint32_t operation, enum outcome outcome);
void flash_plan_end(void);

/** All return 0, or 1 when the flash refuses. Program and erase may end in power_cut(). */
uint32_t flash_read(uint32_t address, uint8_t* into, uint32_t bytes);
uint32_t flash_program(uint32_t address, const uint8_t* data, uint32_t bytes);
uint32_t flash_erase(uint32_t address);

/** The cells of the whole flash, erased = 1; what is between two levels as it was before. */
const uint8_t* flash_cells(void);

#endif
