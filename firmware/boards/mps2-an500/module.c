// A readout module, as wasm2c wrote it, and its exports by number: their order in the module.
#include "module.h"

#include <readout.h>
#include <readout-body.inc>

static Z_readout_instance_t readout;

void module_start(void) {
  Z_readout_init_module();
  Z_readout_instantiate(&readout);
}

uint32_t module_call(uint32_t number, uint32_t a) {
  (void)a;
  switch (number) {
#include <calls.inc>
    default: stop("found no such export of the module");
  }
}
