// The flashed module. The numbers of its exports stand in test/boards/support/transcript.ts too.
#include "module.h"

#include <readout.h>
#include <readout-body.inc>

static Z_readout_instance_t readout;

void module_start(void) {
  Z_readout_init_module();
  Z_readout_instantiate(&readout);
}

uint32_t module_call(uint32_t number, uint32_t argument) {
  switch (number) {
    case 0: return Z_readoutZ_abi_version(&readout);
    case 1: return Z_readoutZ_configure(&readout);
    case 2: return Z_readoutZ_begin_frame(&readout);
    case 3: return Z_readoutZ_process_line(&readout, argument);
    case 4: return Z_readoutZ_end_frame(&readout);
    case 5: return Z_readoutZ_resume(&readout);
    default: stop("found no such export of the readout module");
  }
}
