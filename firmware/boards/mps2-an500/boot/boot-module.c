// The boot loader, as wasm2c wrote it.
#include "boot-module.h"

#include <boot.h>
#include <boot-body.inc>

static Z_boot_instance_t boot;

void boot_start(void) {
  Z_boot_init_module();
  Z_boot_instantiate(&boot, 0, 0, 0);
}

uint32_t boot_call(uint32_t number, uint32_t a, uint32_t b, uint32_t c) {
  (void)c;
  switch (number) {
#include <calls.inc>
    default: stop("found no such export of the boot loader");
  }
}
