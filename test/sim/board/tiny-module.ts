// A readout module assembled byte by byte, so that each of its properties can be made wrong.

import { ABI_VERSION, MEMORY_PAGES } from "../../../hw-profiles/interface/abi.ts";
import {
  LAYOUT_BLOCK,
  STATUS_BLOCK,
  STATUS_REPORT_COUNT,
} from "../../../hw-profiles/interface/memory-map.ts";

export interface TinyModule {
  readonly abi?: number;
  readonly minPages?: number;
  /** undefined = no maximum. */
  readonly maxPages?: number | undefined;
  readonly withImport?: boolean;
  /** With a function of its own that runs at instantiation. */
  readonly withStart?: boolean;
  /** Left out of the exports. */
  readonly missing?: string;
  /** Exported as a memory instead of a function. */
  readonly memoryInstead?: string;
  /** Traps when called. */
  readonly traps?: string;
  /** Status that every call but configure() returns; default 0. */
  readonly status?: number;
  /** Reports that it claims to have ready; default 0. */
  readonly reportCount?: number;
  /** Samples, offset map, dark map, bad map, reports, capacity. */
  readonly layout?: readonly number[];
  /** Instructions at the start of configure(), as bytes; they leave the stack as it was. */
  readonly code?: readonly number[];
  /** Groups of local variables of configure(): count and type of each. */
  readonly locals?: readonly (readonly number[])[];
  /** Sections behind all others: id and content. */
  readonly sections?: readonly (readonly [id: number, content: readonly number[]])[];
  /** With a table of one function. */
  readonly withTable?: boolean;
  /** With an exception's tag. */
  readonly withTag?: boolean;
  /** Takes a row too, as it must not. */
  readonly takesRow?: string;
  /** Flags of the memory's limits besides the maximum: 2 shared. */
  readonly memoryFlags?: number;
}

const GOOD_LAYOUT = [0x2000, 0x4000, 0x5000, 0x6000, 0x8000, 4];

const I32 = 0x7f;
const FUNCREF = 0x70;
const END = 0x0b;
const UNREACHABLE = 0x00;
const I32_CONST = 0x41;
const FUNCTIONS = ["abi_version", "configure", "begin_frame", "process_line", "end_frame", "resume"];

/** The start function takes nothing and returns nothing; it stands last. */
const START_TYPE = 2;
const START_BODY = [2, 0, END];

function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

function signedLeb(value: number): number[] {
  return value < 64 ? [value] : [(value & 127) | 128, ...signedLeb(value >>> 7)];
}

function vector(items: number[][]): number[] {
  return [...leb(items.length), ...items.flat()];
}

function section(id: number, content: number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

function text(value: string): number[] {
  return [...leb(value.length), ...Buffer.from(value)];
}

function words(address: number, values: readonly number[]): number[] {
  const bytes = [...new Uint8Array(Uint32Array.from(values).buffer)];
  return [0, I32_CONST, ...signedLeb(address), END, ...leb(bytes.length), ...bytes];
}

function body(name: string, options: TinyModule): number[] {
  const fixed = name === "abi_version" ? (options.abi ?? ABI_VERSION) : 0;
  const value = name === "abi_version" || name === "configure" ? fixed : (options.status ?? 0);
  const code = name === options.traps ? [UNREACHABLE, END] : [I32_CONST, ...signedLeb(value), END];
  const isOdd = name === "configure";
  const locals = vector((isOdd ? (options.locals ?? []) : []).map((group) => [...group]));
  const whole = [...locals, ...(isOdd ? (options.code ?? []) : []), ...code];
  return [...leb(whole.length), ...whole];
}

export function tinyModule(options: TinyModule = {}): Uint8Array<ArrayBuffer> {
  const min = options.minPages ?? MEMORY_PAGES;
  const max = "maxPages" in options ? options.maxPages : MEMORY_PAGES;
  const flags = options.memoryFlags ?? 0;
  const firstFunction = options.withImport ? 1 : 0;
  const types = [
    [0x60, 0, 1, I32],
    [0x60, 1, I32, 1, I32],
    [0x60, 0, 0],
  ];
  const start = options.withStart ? [START_BODY] : [];
  const exports = FUNCTIONS.map((name, i) =>
    name === options.memoryInstead ? [...text(name), 2, 0] : [...text(name), 0, ...leb(firstFunction + i)],
  ).filter((_, i) => FUNCTIONS[i] !== options.missing);
  if (options.missing !== "memory") exports.push([...text("memory"), 2, 0]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...(options.withImport ? section(2, vector([[...text("env"), ...text("abort"), 0, 0]])) : []),
    ...section(
      3,
      vector([
        ...FUNCTIONS.map((name) => [name === "process_line" || name === options.takesRow ? 1 : 0]),
        ...start.map(() => [START_TYPE]),
      ]),
    ),
    ...(options.withTable ? section(4, vector([[FUNCREF, 0, 1]])) : []),
    ...section(
      5,
      vector([[flags | (max === undefined ? 0 : 1), ...leb(min), ...(max === undefined ? [] : leb(max))]]),
    ),
    ...(options.withTag ? section(13, vector([[0, START_TYPE]])) : []),
    ...section(7, vector(exports)),
    ...(options.withStart ? section(8, leb(firstFunction + FUNCTIONS.length)) : []),
    ...section(10, vector([...FUNCTIONS.map((name) => body(name, options)), ...start])),
    ...section(
      11,
      vector([
        words(LAYOUT_BLOCK, options.layout ?? GOOD_LAYOUT),
        words(STATUS_BLOCK + STATUS_REPORT_COUNT, [options.reportCount ?? 0]),
      ]),
    ),
    ...(options.sections ?? []).flatMap(([id, content]) => section(id, [...content])),
  ]);
}
