// Does to the readout module what the script says: the board's part of the conversation. Operations are words, see the
// cases below.
#include <stdint.h>

#include "module.h"
#include "script.h"
#include "timer.h"

enum { END, WRITE, READ, CALL, COUNT, TOUCH, SPIN };

#define MEMORY_BYTES ((uint32_t)MEMORY_PAGES << 16)
extern uint8_t module_memory[];
_Noreturn void stop(const char* why);

/** Ticks of the system timer in `times` calls; with -icount shift=0 a tick is a fixed number of instructions. */
static uint32_t count(uint32_t number, uint32_t argument, uint32_t times) {
  const uint32_t start = start_timer();
  for (uint32_t time = 0; time < times; time++) module_call(number, argument);
  return ticks_since(start);
}

/** Ticks in a loop of two instructions a turn: what a tick is. */
static uint32_t spin(uint32_t turns) {
  const uint32_t start = start_timer();
  __asm__ volatile("1: subs %0, #1\n bne 1b" : "+l"(turns) : : "cc");
  return ticks_since(start);
}

static uint8_t* block(uint32_t address, uint32_t bytes) {
  if ((uint64_t)address + bytes > MEMORY_BYTES) stop("input.bin has a block outside the module's memory");
  return module_memory + address;
}

int main(void) {
  script_open();
  module_start();
  for (;;) {
    const uint32_t operation = take_word();
    if (operation == END) break;
    const uint32_t a = take_word();
    const uint32_t b = take_word();
    if (operation == WRITE) take(block(a, b), b);
    else if (operation == READ) give(block(a, b), b);
    else if (operation == CALL) give_word(module_call(a, b));
    else if (operation == COUNT) give_word(count(a, b, take_word()));
    else if (operation == TOUCH) give_word(*(volatile uint32_t*)(module_memory + a));
    else if (operation == SPIN) give_word(spin(a));
    else stop("input.bin has an unknown operation");
  }
  script_close();
  return 0;
}
