// Start-up and traps. The MPU lets the program reach its code (not to write it), its data and stack, and the module's memory;
// everything else faults. That is the check of the module's loads and stores: its memory is a bank of its own with nothing
// beside it, so an address past its end, up to 3.7 GiB of them, ends here as a trap.
// Not here: interrupts, caches, a second stack for faults.
#include <stdint.h>

#include "semihosting.h"

#define WORD(address) (*(volatile uint32_t*)(address))
#define CPACR WORD(0xe000ed88)
#define FPDSCR WORD(0xe000ef3c)
#define MVFR0 WORD(0xe000ef40)
#define CFSR WORD(0xe000ed28)
#define MPU_TYPE WORD(0xe000ed90)
#define MPU_CTRL WORD(0xe000ed94)
#define MPU_RNR WORD(0xe000ed98)
#define MPU_RBAR WORD(0xe000ed9c)
#define MPU_RASR WORD(0xe000eda0)

/** MVFR0: single and double precision, with division and square root. */
#define FPU_DOUBLE 0x10110221u

#define RASR_ENABLE 1u
#define RASR_SIZE_4M (21u << 1)
#define RASR_SIZE_256K (17u << 1)
#define RASR_NORMAL (0x0bu << 16)
#define RASR_READ_WRITE ((3u << 24) | (1u << 28))
#define RASR_READ_ONLY (6u << 24)
/** A region of 256 KiB has eight parts of 32 KiB, two a page: those after the module's last page are left out. */
#define RASR_WITHOUT_PARTS (((0xff00u >> (8 - 2 * MEMORY_PAGES)) & 0xffu) << 8)

extern uint32_t bss_start[], bss_end[], stack_top[];
extern uint8_t module_memory[];
int main(void);
_Noreturn void reset(void);

_Noreturn void stop(const char* why) {
  print(why);
  print("\n");
  leave(2);
}

static void print_hex(uint32_t value) {
  char text[9];
  for (int digit = 0; digit < 8; digit++) text[digit] = "0123456789abcdef"[(value >> (28 - 4 * digit)) & 15];
  text[8] = 0;
  print(text);
}

static _Noreturn void fault(void) {
  print("trap: fault, CFSR 0x");
  print_hex(CFSR);
  stop("");
}

static void allow(uint32_t region, uint32_t start, uint32_t attributes) {
  MPU_RNR = region;
  MPU_RBAR = start;
  MPU_RASR = attributes | RASR_NORMAL | RASR_ENABLE;
}

static void protect(void) {
  if (((MPU_TYPE >> 8) & 0xff) < 3) stop("found no MPU with 3 regions, expected that of a Cortex-M7");
  allow(0, 0x00000000, RASR_SIZE_4M | RASR_READ_ONLY);
  allow(1, 0x20000000, RASR_SIZE_4M | RASR_READ_WRITE);
  allow(2, (uint32_t)module_memory, RASR_SIZE_256K | RASR_READ_WRITE | RASR_WITHOUT_PARTS);
  MPU_CTRL = 1;
  __asm__ volatile("dsb\n isb" ::: "memory");
}

_Noreturn void reset(void) {
  CPACR |= 0xfu << 20;
  __asm__ volatile("dsb\n isb" ::: "memory");
  if (MVFR0 != FPU_DOUBLE) stop("found another FPU, expected FPv5-D16 with double precision");
  // Round to nearest, no flush to zero, no default NaN: the arithmetic of WebAssembly.
  FPDSCR = 0;
  __asm__ volatile("vmsr fpscr, %0" ::"r"(0));
  for (uint32_t* word = bss_start; word < bss_end; word++) *word = 0;
  protect();
  leave((uint32_t)main());
}

__attribute__((section(".vectors"), used)) static const void* const vectors[] = {
    stack_top, reset, fault, fault, fault, fault, fault,
};
