// A module as the rest of the program sees it: its exports by number.
#ifndef CQD_MODULE_H
#define CQD_MODULE_H

#include <stdint.h>

/** Makes the module's memory as it is when it is loaded. */
void module_start(void);

/** Calls an export; 0 for one that returns nothing. A number that there is no export for stops the machine. */
uint32_t module_call(uint32_t number, uint32_t argument);

#endif
