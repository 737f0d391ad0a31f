#include "script.h"

#include <string.h>

#include "semihosting.h"

_Noreturn void stop(const char* why);

static int32_t input, output;
static uint8_t in[65536], out[65536];
static uint32_t in_at, in_end, out_end;

void script_open(void) {
  input = file_open("input.bin", FILE_READ);
  output = file_open("output.bin", FILE_WRITE);
  if (input < 0 || output < 0) stop("cannot open input.bin and output.bin in the emulator's folder");
}

void take(void* target, uint32_t bytes) {
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

uint32_t take_word(void) {
  uint32_t word;
  take(&word, sizeof(word));
  return word;
}

void script_close(void) {
  if (!file_write(output, out, out_end)) stop("cannot write output.bin");
  out_end = 0;
}

void give(const void* source, uint32_t bytes) {
  for (const uint8_t* from = source; bytes > 0;) {
    if (out_end == sizeof(out)) script_close();
    const uint32_t room = sizeof(out) - out_end;
    const uint32_t part = bytes < room ? bytes : room;
    memcpy(out + out_end, from, part);
    out_end += part;
    from += part;
    bytes -= part;
  }
}

void give_word(uint32_t word) {
  give(&word, sizeof(word));
}
