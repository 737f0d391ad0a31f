import {
  COMMAND_BYTES,
  REGISTER_REPORT_BYTES,
  REPORT_BYTES,
  REPORT_ID_COMMAND,
  REPORT_ID_DATA,
  REPORT_ID_REGISTER,
} from "../../hw-profiles/interface/reports.ts";
import { HID_USAGE, HID_USAGE_PAGE } from "../../hw-profiles/interface/usb.ts";
import { u16 } from "./bytes.ts";

/** Items of HID 1.11, 6.2.2: the prefix says how many bytes follow. */
const USAGE_PAGE_16 = 0x06;
const USAGE_8 = 0x09;
const COLLECTION_8 = 0xa1;
const COLLECTION_APPLICATION = 0x01;
const END_COLLECTION = 0xc0;
const LOGICAL_MINIMUM_8 = 0x15;
const LOGICAL_MAXIMUM_16 = 0x26;
const REPORT_SIZE_8 = 0x75;
const REPORT_COUNT_16 = 0x96;
const REPORT_ID_8 = 0x85;
const INPUT_8 = 0x81;
const OUTPUT_8 = 0x91;
const FEATURE_8 = 0xb1;
/** Data, variable, absolute; the last bit: buffered bytes, no numbers with a unit. */
const [DATA_VARIABLE, BUFFERED_BYTES] = [0x02, 0x01];

/** A report of `bytes` bytes, its id included. */
function report(id: number, usage: number, bytes: number, main: number): number[] {
  return [
    ...[REPORT_ID_8, id, USAGE_8, usage],
    ...[REPORT_COUNT_16, ...u16(bytes - 1)],
    ...[main + 1, DATA_VARIABLE, BUFFERED_BYTES],
  ];
}

/** The HID report descriptor: data in, commands out, registers both ways; all of them plain bytes. */
export function reportDescriptor(): Uint8Array {
  return Uint8Array.from([
    ...[USAGE_PAGE_16, ...u16(HID_USAGE_PAGE), USAGE_8, HID_USAGE],
    ...[COLLECTION_8, COLLECTION_APPLICATION],
    ...[LOGICAL_MINIMUM_8, 0, LOGICAL_MAXIMUM_16, ...u16(0xff), REPORT_SIZE_8, 8],
    ...report(REPORT_ID_DATA, 2, REPORT_BYTES, INPUT_8),
    ...report(REPORT_ID_COMMAND, 3, COMMAND_BYTES, OUTPUT_8),
    ...report(REPORT_ID_REGISTER, 4, REGISTER_REPORT_BYTES, FEATURE_8),
    END_COLLECTION,
  ]);
}
