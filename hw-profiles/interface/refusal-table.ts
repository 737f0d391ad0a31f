// Name, cause and next step of every refusal of an image. docs/image.md is generated from this table.

import * as Image from "./image.ts";

export interface RefusalEntry {
  readonly code: number;
  readonly name: string;
  readonly cause: string;
  readonly nextStep: string;
}

function entry(code: number, name: string, cause: string, nextStep: string): RefusalEntry {
  return { code, name, cause, nextStep };
}

const BUILD_AGAIN = "Build or fetch the image again.";

/** Every refusal, by number: the order in which they are looked for. */
export const REFUSAL_TABLE: readonly RefusalEntry[] = [
  entry(
    Image.REFUSED_MAGIC,
    "MAGIC",
    "It does not start as an image.",
    "Make one with `cqd build SRC -o logic.cqdi`.",
  ),
  entry(
    Image.REFUSED_FORMAT,
    "FORMAT",
    "The image is of a format that the board does not know.",
    "Build it with the release of the package that the board's boot loader is of.",
  ),
  entry(Image.REFUSED_CRC, "CRC", "The header is damaged: its CRC-32C does not match.", BUILD_AGAIN),
  entry(Image.REFUSED_RESERVED, "RESERVED", "A byte that must be zero is not.", BUILD_AGAIN),
  entry(
    Image.REFUSED_TLV,
    "TLV",
    "The protected TLVs are not exactly those of this format, or one is not known.",
    "Build it with the release of the package that the board's boot loader is of.",
  ),
  entry(
    Image.REFUSED_SIZE,
    "SIZE",
    "The module is empty or too large for the slot, or the file is not as long as its header says.",
    "Leave out what the sensor does not need (`cqd build --mode`), or fetch the file again.",
  ),
  entry(
    Image.REFUSED_KEY,
    "KEY",
    "It is signed with a key that the board does not have.",
    "Sign it with a key of the board: `cqd image sign FILE --key KEY.pem`.",
  ),
  entry(
    Image.REFUSED_DEVELOPMENT_KEY,
    "DEVELOPMENT_KEY",
    "It is signed with the public development key, and the board is locked for production.",
    "Sign it with your own key: `cqd image sign FILE --key KEY.pem`.",
  ),
  entry(
    Image.REFUSED_SIGNATURE,
    "SIGNATURE",
    "The signature does not match: the manifest was changed after it was signed.",
    "Fetch the image again, and do not flash it when that does not help.",
  ),
  entry(
    Image.REFUSED_HARDWARE,
    "HARDWARE",
    "It is built for another class of hardware.",
    "Build it for the board's class: `cqd build --target`.",
  ),
  entry(
    Image.REFUSED_ABI,
    "ABI",
    "It is built for another ABI version.",
    "Build it with the release of the package that has the board's ABI version.",
  ),
  entry(
    Image.REFUSED_MEMORY,
    "MEMORY",
    "It needs another number of memory pages.",
    "Build it with the options of the package (`cqd build`).",
  ),
  entry(
    Image.REFUSED_FEATURES,
    "FEATURES",
    "It needs something that the board's processor lacks, or cannot do what its sensor needs.",
    "Build it for this board: `cqd build --target` and `--mode`.",
  ),
  entry(
    Image.REFUSED_DOWNGRADE,
    "DOWNGRADE",
    "Its security counter is below the board's: a fault that was mended would come back.",
    "Flash a release with at least the board's counter.",
  ),
  entry(
    Image.REFUSED_HASH,
    "HASH",
    "The payload is damaged: its SHA-256 is not that of the manifest.",
    "Fetch the file again and resume the flashing.",
  ),
  entry(
    Image.REFUSED_MODULE,
    "MODULE",
    "The checker does not admit the module, or finds other features in it than the header says.",
    "See what it found: `cqd image verify FILE`.",
  ),
  entry(
    Image.REFUSED_GOLDEN,
    "GOLDEN",
    "The module makes other reports of the golden input than when it was built.",
    "Build it again; if that does not help, the board's processor computes otherwise: report it.",
  ),
  entry(
    Image.REFUSED_TRAP,
    "TRAP",
    "The module trapped on trial.",
    "Run it on a simulated board to find where: `cqd stream --firmware FILE`.",
  ),
  entry(
    Image.REFUSED_FUEL,
    "FUEL",
    "The module ran longer on trial than the board allows.",
    "Bound its loops by the size of a line, then build again.",
  ),
];
