// The readout logic's ABI: these exports and the memory, nothing else. The board's side of every call stands in
// hw-profiles/interface: memory-map.ts (blocks), reports.ts (what comes out), status.ts (what calls return).
import { ABI_VERSION } from "../hw-profiles/interface/abi.ts";
import { beginFrame, configureModule, endFrame, processRow, resumeSending } from "./frame.ts";
import { CONTRACT_OFFSETS } from "./views.ts";

/** Version of the contract this module was built for. */
export function abi_version(): u32 {
  return ABI_VERSION;
}

/** Takes the parameter block at PARAM_BLOCK; fills the layout block. May be called again at any time. */
export function configure(): u32 {
  return configureModule();
}

/** Takes the frame block at FRAME_BLOCK and emits the leader. */
export function begin_frame(): u32 {
  return beginFrame();
}

/** Takes the K x W samples and the three map rows at the layout's addresses. Rows come in order, from 0. */
export function process_line(row: u32): u32 {
  return processRow(row);
}

/** Flushes both streams and emits the trailer. */
export function end_frame(): u32 {
  return endFrame();
}

/** After STATUS_MORE, when the board has taken the reports: goes on. The line buffers must be as they were. */
export function resume(): u32 {
  return resumeSending();
}

/** Address of a table of u16 struct offsets, see views.ts. */
export function contract_offsets(): usize {
  return CONTRACT_OFFSETS;
}
