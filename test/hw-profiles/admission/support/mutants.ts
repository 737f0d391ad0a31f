import { readInstruction, readLocals } from "../../../../hw-profiles/admission/instructions.ts";
import { ModuleReader } from "../../../../hw-profiles/admission/module-reader.ts";
import { readModule } from "../../../../hw-profiles/admission/read-module.ts";
import type { Random } from "../../../firmware/support/random.ts";
import { type TinyModule, tinyModule } from "../../../sim/board/tiny-module.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const HEAD_BYTES = 8;
/** Binary operations of two i32: one can stand for another. */
const [FIRST_BINARY, LAST_BINARY] = [0x6a, 0x78];
const [I32_CONST, F32_CONST, F64_CONST] = [0x41, 0x43, 0x44];

function changed(module: Bytes, at: number, value: number): Bytes {
  const bytes = new Uint8Array(module);
  bytes[at] = value;
  return bytes;
}

function flipBit(module: Bytes, random: Random): Bytes {
  const at = HEAD_BYTES + random.below(module.length - HEAD_BYTES);
  return changed(module, at, module[at]! ^ (1 << random.below(8)));
}

function changeByte(module: Bytes, random: Random): Bytes {
  return changed(module, HEAD_BYTES + random.below(module.length - HEAD_BYTES), random.below(256));
}

function truncate(module: Bytes, random: Random): Bytes {
  return module.slice(0, HEAD_BYTES + random.below(module.length - HEAD_BYTES));
}

/** A section twice, in another place, or gone. */
function moveSection(module: Bytes, random: Random): Bytes {
  const { sections } = readModule(module);
  const parts = sections.map(({ at, bytes }, index) => {
    const start = index === 0 ? HEAD_BYTES : sections[index - 1]!.at + sections[index - 1]!.bytes;
    return module.subarray(start, at + bytes);
  });
  const [taken = module.subarray(0, 0)] = parts.splice(random.below(parts.length), 1);
  for (let copies = random.below(3); copies > 0; copies--)
    parts.splice(random.below(parts.length + 1), 0, taken);
  return Uint8Array.from([module.subarray(0, HEAD_BYTES), ...parts].flatMap((part) => [...part]));
}

function addCustomSection(module: Bytes, random: Random): Bytes {
  const content = [1, 0x78, ...Array.from({ length: random.below(20) }, () => random.below(256))];
  return Uint8Array.from([...module, 0, content.length, ...content]);
}

/** Places of instructions whose opcode or constant another can stand for. */
function replaceable(module: Bytes): { at: number; opcode: number }[] {
  return readModule(module).bodies.flatMap(({ at, end }) => {
    const reader = new ModuleReader(module, at, end);
    readLocals(reader);
    const places: { at: number; opcode: number }[] = [];
    while (!reader.isAtEnd) places.push({ at: reader.at, opcode: module[readInstruction(reader).at]! });
    return places.filter(({ opcode }) => {
      const isBinary = opcode >= FIRST_BINARY && opcode <= LAST_BINARY;
      return isBinary || opcode === I32_CONST || opcode === F32_CONST || opcode === F64_CONST;
    });
  });
}

/** One instruction does something else: still valid. */
function replaceInstruction(module: Bytes, random: Random): Bytes {
  const places = replaceable(module);
  const place = places[random.below(places.length)];
  if (place === undefined) return module;
  const { at, opcode } = place;
  if (opcode === I32_CONST) return changed(module, at + 1, (module[at + 1]! & 0x80) | random.below(0x80));
  if (opcode >= FIRST_BINARY)
    return changed(module, at, FIRST_BINARY + random.below(LAST_BINARY - FIRST_BINARY + 1));
  return changed(module, at + 1, random.below(256));
}

const MUTATIONS = [
  flipBit,
  changeByte,
  truncate,
  moveSection,
  addCustomSection,
  replaceInstruction,
  replaceInstruction,
  replaceInstruction,
];

/** `count` modules made of `base` by one change each. */
export function mutants(base: Bytes, count: number, random: Random): Bytes[] {
  return Array.from({ length: count }, (_, index) => MUTATIONS[index % MUTATIONS.length]!(base, random));
}

const DROP = 0x1a;
const ZERO = [I32_CONST, 0];
/** Instructions that leave the stack as it was. */
const PHRASES: readonly (readonly number[])[] = [
  [0x01],
  [...ZERO, DROP],
  [...ZERO, 0x40, 0, DROP],
  [0x3f, 0, DROP],
  [...ZERO, 0x28, 2, 0, DROP],
  [...ZERO, ...ZERO, ...ZERO, 0xfc, 11, 0],
  [...ZERO, ...ZERO, ...ZERO, 0xfc, 10, 0, 0],
  [F32_CONST, 0, 0, 0x80, 0x3f, 0xa8, DROP],
  [F64_CONST, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x9f, 0xfc, 2, DROP],
  [...ZERO, 0xc0, 0xac, DROP],
  [0x42, 0xff, 0x7f, 0xc4, DROP],
  [0xfd, 12, ...Array<number>(16).fill(3), 0xfd, 0x80, 0x01, DROP],
  [...ZERO, 0xfd, 15, 0xfd, 22, 5, DROP],
  [...ZERO, 0xfd, 0, 2, 0, DROP],
  [0x02, 0x40, 0x0c, 0, 0x0b],
  [0x03, 0x40, 0x0b],
  [...ZERO, 0x04, 0x40, 0x05, 0x0b],
  [0x02, 0x40, ...ZERO, 0x0e, 1, 0, 0, 0x0b],
  [...ZERO, 0x02, 1, 0x0b, DROP],
];

/** Tiny modules of a few phrases in every order, some of them with something that no board takes. */
export function phrasedModules(count: number, random: Random): Bytes[] {
  const oddities: readonly TinyModule[] = [
    {},
    {},
    {},
    { withImport: true },
    { withStart: true },
    { withTable: true },
    { maxPages: 7 },
    { maxPages: undefined },
    { missing: "resume" },
    { memoryInstead: "configure" },
    {
      locals: [
        [3, 0x7d],
        [1, 0x7e],
      ],
    },
    { sections: [[0, [1, 0x61, 1, 2, 3]]] },
  ];
  return Array.from({ length: count }, () => {
    const code = Array.from(
      { length: 1 + random.below(6) },
      () => PHRASES[random.below(PHRASES.length)]!,
    ).flat();
    return tinyModule({ ...oddities[random.below(oddities.length)]!, code });
  });
}
