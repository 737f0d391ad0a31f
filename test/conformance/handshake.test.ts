// Module and board compare ABI versions both ways; the host's side stands in test/host/camera, the board's in test/sim/board.

import { expect, it } from "vitest";
import { ABI_VERSION } from "../../hw-profiles/interface/abi.ts";
import { PARAM_ABI } from "../../hw-profiles/interface/memory-map.ts";
import { STATUS_BAD_ABI, STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { FirmwareHost } from "../../sim/board/firmware-host.ts";
import {
  encodeParameters,
  INAS_PARAMETERS,
  sealParameterBlock,
} from "../firmware/support/parameter-block.ts";
import { READOUT_MODULES, readModule } from "./readout-module.ts";

it.each(READOUT_MODULES)("%s refuses a parameter block of another ABI version and takes its own", (name) => {
  const firmware = new FirmwareHost(readModule(name), name);
  const block = encodeParameters(INAS_PARAMETERS);
  expect(firmware.configure(block)).toBe(STATUS_OK);
  for (const version of [0, ABI_VERSION + 1, 0xffffffff]) {
    new DataView(block.buffer).setUint32(PARAM_ABI, version, true);
    sealParameterBlock(block);
    expect(firmware.configure(block), `ABI ${version}`).toBe(STATUS_BAD_ABI);
  }
});
