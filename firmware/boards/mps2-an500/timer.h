// The system timer [ARMv7-M, B3.3]: with -icount shift=0 one of its ticks is a fixed number of instructions.
#ifndef CQD_TIMER_H
#define CQD_TIMER_H

#include <stdint.h>

#define SYST_CSR (*(volatile uint32_t*)0xe000e010)
#define SYST_RVR (*(volatile uint32_t*)0xe000e014)
#define SYST_CVR (*(volatile uint32_t*)0xe000e018)
#define SYST_MASK 0xffffffu

/** Starts the timer anew, for 2^24 ticks. */
static inline uint32_t start_timer(void) {
  SYST_RVR = SYST_MASK;
  SYST_CVR = 0;
  SYST_CSR = 5;
  return SYST_CVR;
}

static inline uint32_t ticks_since(uint32_t start) {
  return (start - SYST_CVR) & SYST_MASK;
}

#endif
