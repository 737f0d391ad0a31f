// C twin of firmware/stages/pack.ts.
#include "native.h"

void pack12(const uint16_t *restrict source, uint8_t *restrict target, size_t width) {
  for (size_t pair = 0; pair < width / 2; pair++) {
    const uint16_t a = source[2 * pair] < 4095 ? source[2 * pair] : 4095;
    const uint16_t b = source[2 * pair + 1] < 4095 ? source[2 * pair + 1] : 4095;
    target[3 * pair] = (uint8_t)a;
    target[3 * pair + 1] = (uint8_t)(a >> 8 | b << 4);
    target[3 * pair + 2] = (uint8_t)(b >> 4);
  }
  if (width % 2 == 0) return;
  const uint16_t last = source[width - 1] < 4095 ? source[width - 1] : 4095;
  target[width / 2 * 3] = (uint8_t)last;
  target[width / 2 * 3 + 1] = (uint8_t)(last >> 8);
}
