import * as Abi from "../../hw-profiles/interface/abi.ts";
import * as Memory from "../../hw-profiles/interface/memory-map.ts";
import { crc32c } from "./crc32c.ts";

export type Field = readonly [offset: number, value: number];

/** The parameter block as the board writes it before configure(): PARAM_BYTES bytes, head and CRC included. */
export function parameterBlock(words: readonly Field[], reals: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(Memory.PARAM_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(Memory.PARAM_MAGIC, Abi.DEVICE_MAGIC, true);
  view.setUint32(Memory.PARAM_ABI, Abi.ABI_VERSION, true);
  view.setUint32(Memory.PARAM_LENGTH, Memory.PARAM_BYTES, true);
  for (const [offset, value] of words) view.setUint32(offset, value, true);
  for (const [offset, value] of reals) view.setFloat32(offset, value, true);
  view.setUint32(Memory.PARAM_CRC, crc32c(bytes.subarray(Memory.PARAM_WIDTH)), true);
  return bytes;
}
