import * as Abi from "../../hw-profiles/interface/abi.ts";
import * as Image from "../../hw-profiles/interface/image.ts";
import * as MemoryMap from "../../hw-profiles/interface/memory-map.ts";
import * as Flags from "../../hw-profiles/interface/pixel-flags.ts";
import { REGISTERS } from "../../hw-profiles/interface/register-table.ts";
import * as Registers from "../../hw-profiles/interface/registers.ts";
import * as Reports from "../../hw-profiles/interface/reports.ts";
import * as Status from "../../hw-profiles/interface/status.ts";

/** Addresses that nobody may write down again. Small ones (a bit, a byte) would be found everywhere and are left out. */
const ADDRESSES: ReadonlySet<number> = new Set(
  [
    Abi.DEVICE_MAGIC,
    Image.IMAGE_MAGIC,
    MemoryMap.PARAM_BLOCK,
    MemoryMap.FRAME_BLOCK,
    MemoryMap.LAYOUT_BLOCK,
    MemoryMap.STATUS_BLOCK,
    ...REGISTERS.map((entry) => entry.address),
  ].filter((address) => address >= 0x0100),
);

/** Names that the contract defines. */
const NAMES: ReadonlySet<string> = new Set(
  [Abi, Flags, Image, MemoryMap, Registers, Reports, Status].flatMap((module) => Object.keys(module)),
);

const DEFINITION = /\b(?:const|let)\s+([A-Z][A-Z0-9_]+)\s*(?::\s*\w+\s*)?=\s*(?:0x[0-9a-f]+|\d+)/gi;

/** A field of a report or block read at an offset that was typed in. */
const TYPED_OFFSET =
  /\.(?:get|set)(?:Uint|Int|Float|BigUint|BigInt)\d+\(\s*(?:0x[0-9a-f]+|[1-9]\d*)\s*[,)]/gi;

const HEX = /\b0x([0-9a-f_]{3,})\b/gi;

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "))
    .replace(/(^|\s)\/\/.*$/gm, "$1");
}

function isAddress(digits: string): boolean {
  const plain = digits.replaceAll("_", "");
  return plain.length <= 8 && ADDRESSES.has(Number.parseInt(plain, 16));
}

/** Numbers of the contract that a source restates, as written. `reports` = the source handles reports or registers. */
export function findContractLiterals(source: string, reports: boolean): string[] {
  const text = withoutComments(source);
  const addresses = [...text.matchAll(HEX)]
    .filter((match) => isAddress(match[1] ?? ""))
    .map((match) => match[0]);
  const names = [...text.matchAll(DEFINITION)]
    .filter((match) => NAMES.has(match[1] ?? ""))
    .map((match) => match[0]);
  const offsets = reports ? [...text.matchAll(TYPED_OFFSET)].map((match) => match[0]) : [];
  return [...addresses, ...names, ...offsets];
}
