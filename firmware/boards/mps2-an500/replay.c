// Does to the module what input.bin says, and writes what it answers to output.bin: the board's part of a conversation that
// was recorded with another build of the same module. Operations are words (little endian), see the cases below.
#include <stdint.h>
#include <string.h>

#include "module.h"
#include "semihosting.h"

enum { END, WRITE, READ, CALL, COUNT, TOUCH, SPIN };

#define MEMORY_BYTES ((uint32_t)MEMORY_PAGES << 16)
#define SYST_CSR (*(volatile uint32_t*)0xe000e010)
#define SYST_RVR (*(volatile uint32_t*)0xe000e014)
#define SYST_CVR (*(volatile uint32_t*)0xe000e018)
#define SYST_MASK 0xffffffu

extern uint8_t module_memory[];
_Noreturn void stop(const char* why);

static int32_t input, output;
static uint8_t in[65536], out[65536];
static uint32_t in_at, in_end, out_end;

static void take(void* target, uint32_t bytes) {
  for (uint8_t* to = target; bytes > 0;) {
    if (in_at == in_end) {
      in_at = 0;
      in_end = file_read(input, in, sizeof(in));
      if (in_end == 0) stop("input.bin ends within an operation");
    }
    const uint32_t part = bytes < in_end - in_at ? bytes : in_end - in_at;
    memcpy(to, in + in_at, part);
    to += part;
    in_at += part;
    bytes -= part;
  }
}

static uint32_t take_word(void) {
  uint32_t word;
  take(&word, sizeof(word));
  return word;
}

static void flush(void) {
  if (!file_write(output, out, out_end)) stop("cannot write output.bin");
  out_end = 0;
}

static void give(const void* source, uint32_t bytes) {
  for (const uint8_t* from = source; bytes > 0;) {
    if (out_end == sizeof(out)) flush();
    const uint32_t room = sizeof(out) - out_end;
    const uint32_t part = bytes < room ? bytes : room;
    memcpy(out + out_end, from, part);
    out_end += part;
    from += part;
    bytes -= part;
  }
}

static void give_word(uint32_t word) {
  give(&word, sizeof(word));
}

static uint32_t start_timer(void) {
  SYST_RVR = SYST_MASK;
  SYST_CVR = 0;
  SYST_CSR = 5;
  return SYST_CVR;
}

static uint32_t ticks_since(uint32_t start) {
  return (start - SYST_CVR) & SYST_MASK;
}

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
  input = file_open("input.bin", FILE_READ);
  output = file_open("output.bin", FILE_WRITE);
  if (input < 0 || output < 0) stop("cannot open input.bin and output.bin in the emulator's folder");
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
  flush();
  return 0;
}
