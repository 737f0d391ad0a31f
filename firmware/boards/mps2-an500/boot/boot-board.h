// What the boot loader imports, and a trace of how it uses it.
#ifndef CQD_BOOT_BOARD_H
#define CQD_BOOT_BOARD_H

#include <stdbool.h>
#include <stdint.h>

/** Ticks of the timer that a call spent in the board's functions. */
struct board_ticks {
  uint32_t flash, hash, rest;
};

/** A key that the ROM knows by its id, IMAGE_KEY_ID_BYTES bytes. */
void rom_know_key(const uint8_t* id);

/**
 * A signature that is valid, as SHA-256 of message and signature: in place of Ed25519's arithmetic. Every other is invalid.
 */
void rom_know_signature(const uint8_t* digest);

/** Before a call. @param verdict what admit() and trial() will answer @param timed the timer runs */
void board_begin(uint32_t verdict, bool timed);

/** Hash over everything that the boot loader asked of the board since board_begin(), and what it was answered. */
uint32_t board_trace(void);

struct board_ticks board_spent(void);

#endif
