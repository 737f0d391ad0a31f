#include "semihosting.h"

#include <string.h>

enum { SYS_OPEN = 0x01, SYS_WRITE0 = 0x04, SYS_WRITE = 0x05, SYS_READ = 0x06, SYS_EXIT_EXTENDED = 0x20 };
enum { ADP_STOPPED_APPLICATION_EXIT = 0x20026 };

static int32_t ask(uint32_t operation, const void* block) {
  register uint32_t r0 __asm__("r0") = operation;
  register const void* r1 __asm__("r1") = block;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return (int32_t)r0;
}

int32_t file_open(const char* name, enum file_mode mode) {
  const uint32_t block[] = {(uint32_t)name, mode, strlen(name)};
  return ask(SYS_OPEN, block);
}

uint32_t file_read(int32_t handle, void* target, uint32_t bytes) {
  const uint32_t block[] = {(uint32_t)handle, (uint32_t)target, bytes};
  return bytes - (uint32_t)ask(SYS_READ, block);
}

bool file_write(int32_t handle, const void* source, uint32_t bytes) {
  const uint32_t block[] = {(uint32_t)handle, (uint32_t)source, bytes};
  return ask(SYS_WRITE, block) == 0;
}

void print(const char* text) {
  ask(SYS_WRITE0, text);
}

void leave(uint32_t code) {
  const uint32_t block[] = {ADP_STOPPED_APPLICATION_EXIT, code};
  for (;;) ask(SYS_EXIT_EXTENDED, block);
}
