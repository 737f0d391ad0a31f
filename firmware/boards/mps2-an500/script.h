// A conversation that was recorded with another build of the same module: input.bin says what is done to this one,
// output.bin takes what it answers. Both in the emulator's folder, words little endian.
#ifndef CQD_SCRIPT_H
#define CQD_SCRIPT_H

#include <stdint.h>

void script_open(void);

/** The next bytes of input.bin; the machine stops when they are not there. */
void take(void* target, uint32_t bytes);
uint32_t take_word(void);

/** Appends to output.bin. */
void give(const void* source, uint32_t bytes);
void give_word(uint32_t word);

/** Writes what output.bin still lacks. */
void script_close(void);

#endif
