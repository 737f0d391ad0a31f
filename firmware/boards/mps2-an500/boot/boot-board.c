// The nine functions of the board: flash, ROM, trial of a module.
#include "boot-board.h"

#include <contract.h>
#include <string.h>

#include "fold.h"
#include "nor-flash.h"
#include "sha256.h"
#include "timer.h"

enum { READ, PROGRAM, ERASE, VERIFY, ADMIT, TRIAL };
enum { KEYS = IMAGE_KEY_SLOTS, SIGNATURES = 1024, PAYLOAD_MAX = 512 << 10 };
/** Far more than any call needs: a boot loader that never comes back is found. */
enum { READS_MAX = 100000 };

extern uint8_t module_memory[];
_Noreturn void stop(const char* why);

static uint8_t keys[KEYS][IMAGE_KEY_ID_BYTES];
static uint8_t signatures[SIGNATURES][SHA256_BYTES];
static uint32_t key_count, signature_count;
static struct sha256 hash;
/** A module is copied from the flash to be tried. */
static uint8_t manifest[IMAGE_MANIFEST_BYTES], payload[PAYLOAD_MAX];

static uint32_t trace, verdict, reads, entered;
static bool timed;
static struct board_ticks ticks;

void rom_know_key(const uint8_t* id) {
  if (key_count == KEYS) stop("the ROM has no room for more keys");
  memcpy(keys[key_count++], id, IMAGE_KEY_ID_BYTES);
}

void rom_know_signature(const uint8_t* digest) {
  if (signature_count == SIGNATURES) stop("the ROM has no room for more signatures");
  memcpy(signatures[signature_count++], digest, SHA256_BYTES);
}

void board_begin(uint32_t answer, bool with_timer) {
  trace = 0;
  reads = 0;
  verdict = answer;
  timed = with_timer;
  ticks = (struct board_ticks){0};
}

uint32_t board_trace(void) {
  return trace;
}

struct board_ticks board_spent(void) {
  return ticks;
}

static inline void enter(void) {
  if (timed) entered = SYST_CVR;
}

static inline void leave_to(uint32_t* spent) {
  if (timed) *spent += ticks_since(entered);
}

static void note(uint32_t kind, uint32_t a, uint32_t b) {
  trace = fold(fold(fold(trace, kind), a), b);
}

static uint32_t traced_read(uint32_t address, uint8_t* into, uint32_t bytes) {
  if (++reads > READS_MAX) stop("the boot loader does not come back");
  note(READ, address, bytes);
  const uint32_t failed = flash_read(address, into, bytes);
  trace = failed ? fold(trace, failed) : fold_bytes(trace, into, bytes);
  return failed;
}

uint32_t Z_flashZ_read(void* board, uint32_t address, uint32_t into, uint32_t bytes) {
  (void)board;
  enter();
  const uint32_t failed = traced_read(address, module_memory + into, bytes);
  leave_to(&ticks.flash);
  return failed;
}

uint32_t Z_flashZ_program(void* board, uint32_t address, uint32_t from, uint32_t bytes) {
  (void)board;
  enter();
  note(PROGRAM, address, bytes);
  trace = fold_bytes(trace, module_memory + from, bytes);
  const uint32_t failed = flash_program(address, module_memory + from, bytes);
  trace = fold(trace, failed);
  leave_to(&ticks.flash);
  return failed;
}

uint32_t Z_flashZ_erase(void* board, uint32_t address) {
  (void)board;
  enter();
  note(ERASE, address, 0);
  const uint32_t failed = flash_erase(address);
  trace = fold(trace, failed);
  leave_to(&ticks.flash);
  return failed;
}

void Z_cryptoZ_hash_begin(void* board) {
  (void)board;
  enter();
  sha256_begin(&hash);
  leave_to(&ticks.hash);
}

void Z_cryptoZ_hash_update(void* board, uint32_t from, uint32_t bytes) {
  (void)board;
  enter();
  sha256_update(&hash, module_memory + from, bytes);
  leave_to(&ticks.hash);
}

void Z_cryptoZ_hash_end(void* board, uint32_t into) {
  (void)board;
  enter();
  sha256_end(&hash, module_memory + into);
  leave_to(&ticks.hash);
}

static bool is_signed(const uint8_t* message, uint32_t bytes, const uint8_t* signature) {
  struct sha256 own;
  uint8_t digest[SHA256_BYTES];
  sha256_begin(&own);
  sha256_update(&own, message, bytes);
  sha256_update(&own, signature, IMAGE_SIGNATURE_BYTES);
  sha256_end(&own, digest);
  for (uint32_t i = 0; i < signature_count; i++) {
    if (memcmp(signatures[i], digest, SHA256_BYTES) == 0) return true;
  }
  return false;
}

uint32_t Z_cryptoZ_verify(void* board, uint32_t id, uint32_t message, uint32_t bytes, uint32_t signature) {
  (void)board;
  enter();
  uint32_t answer = REFUSED_KEY;
  for (uint32_t i = 0; i < key_count; i++) {
    if (memcmp(keys[i], module_memory + id, IMAGE_KEY_ID_BYTES) != 0) continue;
    answer = is_signed(module_memory + message, bytes, module_memory + signature) ? 0 : REFUSED_SIGNATURE;
  }
  note(VERIFY, bytes, answer);
  leave_to(&ticks.rest);
  return answer;
}

static uint32_t try_module(uint32_t kind, uint32_t slot, uint32_t address, uint32_t bytes) {
  enter();
  if (bytes > PAYLOAD_MAX) stop("the board has no room for a module of this size");
  traced_read(address - IMAGE_MANIFEST_BYTES, manifest, IMAGE_MANIFEST_BYTES);
  traced_read(address, payload, bytes);
  note(kind, slot, verdict);
  leave_to(&ticks.rest);
  return verdict;
}

uint32_t Z_runZ_admit(void* board, uint32_t slot, uint32_t address, uint32_t bytes) {
  (void)board;
  return try_module(ADMIT, slot, address, bytes);
}

uint32_t Z_runZ_trial(void* board, uint32_t slot, uint32_t address, uint32_t bytes) {
  (void)board;
  return try_module(TRIAL, slot, address, bytes);
}
