// C twins of stages of the product, as plain loops for the compiler's own vectoriser.
#ifndef NATIVE_H
#define NATIVE_H
#include <stddef.h>
#include <stdint.h>

void pack12(const uint16_t *restrict source, uint8_t *restrict target, size_t width);
void toPoints(const float *restrict range, const uint8_t *restrict flags, const float *restrict directions,
              float *restrict points, size_t pixels);
#endif
