// C twins of stages of the product, as plain loops for the compiler's own vectoriser.
#ifndef NATIVE_H
#define NATIVE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void pack12(const uint16_t *restrict source, uint8_t *restrict target, size_t width);
/** Of a line that is not its row's first, the one before stands in front. Returns the bytes. */
size_t packLossless(const uint16_t *source, uint8_t *target, size_t width, bool first);
void toPoints(const float *restrict range, const uint8_t *restrict flags, const float *restrict directions,
              float *restrict points, size_t pixels);
#endif
