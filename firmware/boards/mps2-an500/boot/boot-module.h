// The boot loader as the rest of the program sees it: its exports by number, their order in the module.
#ifndef CQD_BOOT_MODULE_H
#define CQD_BOOT_MODULE_H

#include <stdint.h>

/** Makes the boot loader's memory as it is when it is loaded. */
void boot_start(void);

/** Calls an export with as many of the arguments as it has. A number that there is no export for stops the machine. */
uint32_t boot_call(uint32_t number, uint32_t a, uint32_t b, uint32_t c);

#endif
