// Cells that a cut left between two levels: twin of the doubts of sim/flash/page.ts.
#ifndef CQD_DOUBTS_H
#define CQD_DOUBTS_H

#include <stdint.h>

#include "nor-flash.h"

/** No cell is in doubt. */
void doubts_clear(void);

/** Power sessions pass. */
void doubts_age(void);

/** Cells of a page that were programmed are solid, where `data` has zeros. */
void doubts_programmed(uint32_t page, uint32_t start, const uint8_t* data, uint32_t bytes);

/** All cells from `address` on are solid. */
void doubts_erased(uint32_t address, uint32_t bytes);

/** The cells of a page that would become those of `after` are left between the levels. @param drift FLICKER, FADING, EMERGING */
void doubts_leave(uint32_t page, const uint8_t* before, const uint8_t* after, enum outcome drift);

/** Puts what the cells in doubt read over what stands in `into`. @param reads reads since power-up */
void doubts_read(uint32_t address, uint8_t* into, uint32_t bytes, uint32_t reads);

#endif
