// Does to the boot loader and its flash what the script says. Operations are words, see the cases below.
#include <contract.h>
#include <setjmp.h>
#include <string.h>

#include "boot-board.h"
#include "boot-module.h"
#include "fold.h"
#include "nor-flash.h"
#include "script.h"
#include "sha256.h"
#include "timer.h"

enum { END, KEY, SIGNATURE, BOARD, FRESH, PROGRAM, STICK, CALL, CELLS_HASH, CELLS, MEMORY, STACK };

/** The number of boot() among the exports. */
enum { BOOT = 0 };
/** In place of a code: the power went. */
#define CUT 0xffffffffu
#define MEMORY_BYTES ((uint32_t)MEMORY_PAGES << 16)
/** The part of the memory that is in use ends before this. */
#define MEMORY_USED 0x3000u
#define STACK_PAINT 0x5a5a5a5au
#define STACK_PAINTED 65536u

extern uint8_t module_memory[];
extern uint32_t stack_top[];
_Noreturn void stop(const char* why);

static uint8_t board_block[BOARD_BLOCK_BYTES];
static jmp_buf before_call;
/** Where the stack of main() ends. */
static const uint32_t* stack_base;

void power_cut(void) {
  longjmp(before_call, 1);
}

static void take_signature(void) {
  uint8_t digest[SHA256_BYTES];
  take(digest, sizeof(digest));
  rom_know_signature(digest);
}

static void take_key(void) {
  uint8_t id[IMAGE_KEY_ID_BYTES];
  take(id, sizeof(id));
  rom_know_key(id);
}

static void take_board(void) {
  take(board_block, sizeof(board_block));
  flash_describe(board_block);
}

/** A factory programs pages, and a test programs cells behind the boot loader's back. */
static void take_page(void) {
  uint8_t page[FLASH_PAGE];
  const uint32_t address = take_word();
  const uint32_t bytes = take_word();
  if (bytes > sizeof(page)) stop("input.bin programs more than a page");
  take(page, bytes);
  flash_program(address, page, bytes);
}

static void take_stuck(void) {
  struct stuck cells;
  take(&cells, sizeof(cells));
  flash_stick(cells);
}

/** What the board hands over: bytes, and zeros behind them. */
static void take_data(void) {
  const uint32_t room = take_word();
  const uint32_t bytes = take_word();
  if (bytes > room || room > BOOT_DATA_BYTES) stop("input.bin hands over more than the data block takes");
  memset(module_memory + BOOT_DATA_BLOCK, 0, room);
  take(module_memory + BOOT_DATA_BLOCK, bytes);
}

static void take_plan(void) {
  for (uint32_t left = take_word(); left > 0; left--) {
    const uint32_t operation = take_word();
    flash_plan(operation, (enum outcome)take_word());
  }
}

static void reset_memory(void) {
  memset(module_memory, 0, MEMORY_BYTES);
  memcpy(module_memory + BOARD_BLOCK, board_block, sizeof(board_block));
  flash_power_up();
}

static void give_answer(uint32_t code) {
  give_word(code);
  give_word(board_trace());
  give_word(fold_bytes(0, module_memory, MEMORY_USED));
  give(module_memory + BOOT_STATUS_BLOCK, BOOT_STATUS_BYTES);
}

/** In all, and of it in flash, hash and the rest of the board. */
static void give_ticks(uint32_t in_all) {
  const struct board_ticks spent = board_spent();
  give_word(in_all);
  give_word(spent.flash);
  give_word(spent.hash);
  give_word(spent.rest);
}

static void call(void) {
  const uint32_t number = take_word(), a = take_word(), b = take_word(), c = take_word();
  const uint32_t verdict = take_word(), timed = take_word();
  if (number == BOOT) reset_memory();
  take_data();
  take_plan();
  board_begin(verdict, timed != 0);
  const uint32_t start = start_timer();
  const uint32_t code = setjmp(before_call) == 0 ? boot_call(number, a, b, c) : CUT;
  const uint32_t in_all = ticks_since(start);
  flash_plan_end();
  give_answer(code);
  if (timed) give_ticks(in_all);
}

static uint32_t* stack_end(void) {
  return stack_top - STACK_PAINTED / sizeof(uint32_t);
}

static inline __attribute__((always_inline)) void paint_stack(void) {
  __asm__ volatile("mov %0, sp" : "=r"(stack_base));
  for (volatile uint32_t* word = stack_end(); word < stack_base; word++) *word = STACK_PAINT;
}

/** Bytes of stack that calls and all that they called ever used. */
static void give_stack(void) {
  const uint32_t* word = stack_end();
  while (*word == STACK_PAINT) word++;
  give_word((uint32_t)stack_base - (uint32_t)word);
}

int main(void) {
  // Inlined: there is no frame below this one.
  paint_stack();
  script_open();
  boot_start();
  for (;;) {
    switch (take_word()) {
      case KEY: take_key(); break;
      case SIGNATURE: take_signature(); break;
      case BOARD: take_board(); break;
      case FRESH: flash_fresh(); break;
      case PROGRAM: take_page(); break;
      case STICK: take_stuck(); break;
      case CALL: call(); break;
      case CELLS_HASH: give_word(fold_bytes(0, flash_cells(), flash_bytes())); break;
      case CELLS: give(flash_cells(), flash_bytes()); break;
      case MEMORY: give(module_memory, MEMORY_BYTES); break;
      case STACK: give_stack(); break;
      case END: script_close(); return 0;
      default: stop("input.bin has an unknown operation");
    }
  }
}
