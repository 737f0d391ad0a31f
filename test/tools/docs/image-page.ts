import { FUNCTION_EXPORTS } from "../../../hw-profiles/admission/exports.ts";
import { GOLDEN_FUEL } from "../../../hw-profiles/admission/golden/golden-input.ts";
import { HARDWARE_TARGETS } from "../../../hw-profiles/admission/target.ts";
import * as Image from "../../../hw-profiles/interface/image.ts";
import {
  FEATURES,
  HARDWARE_CLASSES,
  MANIFEST_FIELDS,
  type NamedCode,
  PROTECTED_TLVS,
} from "../../../hw-profiles/interface/image-table.ts";
import { REFUSAL_TABLE } from "../../../hw-profiles/interface/refusal-table.ts";
import { GENERATED, hex, page, table } from "./markdown.ts";

const INTRODUCTION = `A board is flashed with an image: a manifest of ${Image.IMAGE_MANIFEST_BYTES} bytes, then the module. All that decides whether a board
takes it, but the module itself, stands in the manifest, so that it is refused before the first sector is erased.

\`\`\`sh
npx cqd build my-camera -o logic.cqdi --version 1.2.0 --security-counter 3
npx cqd image info logic.cqdi
npx cqd image verify logic.cqdi
\`\`\`

The same source, release and key give the same bytes, on every machine. The commands: [cli.md](cli.md#image).`;

const SIGNED = `Signed are bytes 0 to ${Image.IMAGE_SIGNED_BYTES - 1}: header and protected TLVs, among them the SHA-256 of the payload. Key id and signature stand behind
them. An image has one form alone: the TLVs in the order below, each once, of the length below; every byte that means nothing is
zero. A TLV of another type is refused, for it may hold a condition that this board does not know.`;

const KEYS = `Ed25519 (RFC 8032); private keys in PKCS #8, public ones in SPKI files (PEM). A board has ${Image.IMAGE_KEY_SLOTS} key slots.

\`\`\`sh
npx cqd image keygen release                                   # release.pem stays with whoever signs
npx cqd image sign logic.cqdi --key release.pem --version 1.2.0 --security-counter 3
npx cqd image verify logic.cqdi --key release.pub.pem --locked --floor 3
\`\`\`

**Change of keys.** Put the new public key into the board's second slot, sign new images with the new key, and when every board runs
one, take the old key out of its slot. In between boards take images of both. An image is moved to another key by \`cqd image sign\`,
which leaves all but key id and signature as it is.

**The development key** signs what is not signed with another. Its private half is public: it is the SHA-256 of a sentence in
\`host/image/node/development-key.ts\`. Simulated boards have it in a slot. A board that is locked for production refuses it, even from
a slot, and every command that uses it says so.

**The security counter**, not the version, decides what is a downgrade. Raise it when an older image must never run again; the board
keeps the highest that was confirmed.`;

const ADMISSION = `One checker (\`hw-profiles/admission\`) judges a module wherever it comes by: at \`cqd build\`, in \`cqd image verify\`, in the page, and on the
board before it runs it. It tells everything that it finds, each with what was found, what was expected and what to do.

1. The engine validates it (\`WebAssembly.validate\`).
2. Sections are read one by one. No imports; no start function; no table; one memory, not shared, minimum = maximum = the pages of the
   hardware class; the exports below with these types. More exports are allowed, the board does not call them.
3. Every instruction of every function is read. \`memory.grow\`, calls through tables and references are refused; so is whatever is not
   WebAssembly 2.0 (relaxed vectors, whose results depend on the machine; threads; exceptions).
4. What the instructions and types need is gathered into features, compared with the hardware and with the image's header: a header that
   hides a feature is refused as one that makes one up.

Then the module itself is asked. It reads out the **golden input** (\`hw-profiles/admission/golden\`), a small frame of each mode: the modes
whose parameters it accepts are its modes, the SHA-256 of all its reports is the golden vector. The builder writes it into the
manifest, a board repeats it on trial. Each call may take ${GOLDEN_FUEL / 1e6} million calls of functions and turns of loops, counted: a loop
without end is found at the same turn on every machine.`;

const MODES = `\`cqd build --mode lidar\` and \`--mode imaging\` (\`ONLY_MODE\` of the compiler) leave out what the other kind of sensor needs. The features say what
the module does, not what it was built with: a logic of your own that refuses the parameters of an imager is \`lidar\` alone. A board needs
one of the modes of its sensor, so a module of both modes runs on either board and one of one mode on its own kind alone.`;

const ATTACKS = `\`npm run campaign:image\` flips every bit of header, TLVs, key id, signature and payload of the shipped module's image, and judges a million
images that were made of signed ones without their key: fields at odd values with the checksum made right, TLVs, signatures, parts of
two images, cut and longer ones, signed by a foreign key under the id of the board's, and noise. None may be accepted, and no judgement
may throw; the tests have a short version. Of 1 192 240 images none was accepted, and no judgement threw.

The checker is compared with \`wabt\` and with \`wasmparser\` on every instruction, on the shipped modules and on 1400 made and mutated ones:
same verdict (wabt), same sections, types, imports, memory limits, exports and instructions; each feature is what \`wasm-validate\` refuses
without it. Host and boot loader judge 6000 changed manifests alike, each by code of its own.`;

function codes(entries: readonly NamedCode[], format: (code: number) => string): string {
  return table(
    ["code", "name", "meaning"],
    entries.map(({ code, doc, name }) => [format(code), `\`${name}\``, doc]),
  );
}

function fieldRows(): string[][] {
  return MANIFEST_FIELDS.map(({ bytes, doc, name, offset, type }) => [
    String(offset),
    name,
    type === "bytes" ? `bytes[${bytes}]` : type,
    doc,
  ]);
}

function tlvRows(): string[][] {
  return PROTECTED_TLVS.map(({ bytes, doc, name, type }) => [String(type), name, String(bytes), doc]);
}

function exportRows(): string[][] {
  return FUNCTION_EXPORTS.map(({ name, parameters }) => [
    `\`${name}\``,
    `(${Array<string>(parameters).fill("i32").join(", ")}) -> i32`,
  ]);
}

function targetRows(): string[][] {
  return HARDWARE_TARGETS.map(({ features, name, pages, payloadMaxBytes }) => {
    const allowed = FEATURES.filter(({ code }) => features & code).map((feature) => `\`${feature.name}\``);
    return [`\`${name}\``, String(pages), String(payloadMaxBytes), allowed.join(", ")];
  });
}

function refusalRows(): string[][] {
  return REFUSAL_TABLE.map(({ cause, code, name, nextStep }) => [
    String(code),
    `\`${name}\``,
    cause,
    nextStep,
  ]);
}

/** docs/image.md */
export function imagePage(): string {
  return page(
    GENERATED,
    "# Images for flashing",
    INTRODUCTION,
    "## Manifest",
    "All fields are little endian.",
    table(["offset", "field", "type", "meaning"], fieldRows()),
    SIGNED,
    `A TLV is its type (u16), the length of its value (u16), and the value. The three take ${Image.IMAGE_TLV_BYTES} bytes.`,
    table(["type", "name", "bytes", "value"], tlvRows()),
    "## Hardware classes",
    codes(HARDWARE_CLASSES, String),
    table(["class", "pages", "bytes of module at most", "features of the processor"], targetRows()),
    "## Features",
    codes(FEATURES, (code) => hex(code, 4)),
    MODES,
    "## Keys",
    KEYS,
    "## What a module must be",
    ADMISSION,
    table(["export", "type"], [...exportRows(), ["`memory`", "memory"]]),
    "## Refusals",
    "In the order in which they are looked for; up to `DOWNGRADE` by the manifest alone.",
    table(["code", "name", "cause", "next step"], refusalRows()),
    "## Attacks",
    ATTACKS,
  );
}
