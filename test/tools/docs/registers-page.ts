import { PIXEL_FLAG_TABLE } from "../../../hw-profiles/interface/flag-table.ts";
import { REGISTERS, type RegisterEntry } from "../../../hw-profiles/interface/register-table.ts";
import { GENERATED, hex, page, table } from "./markdown.ts";

function typeText(entry: RegisterEntry): string {
  if (entry.type === "string") return `string, ${entry.bytes} bytes`;
  return entry.count > 1 ? `${entry.type} x ${entry.count}` : entry.type;
}

function limitText(entry: RegisterEntry): string {
  return entry.min === undefined || entry.max === undefined ? "" : `${entry.min} .. ${entry.max}`;
}

function row(entry: RegisterEntry): string[] {
  const name = entry.sfnc ? `\`${entry.name}\`` : `\`${entry.name}\` (vendor)`;
  const doc = entry.simulated ? `${entry.doc} Simulated boards only.` : entry.doc;
  return [hex(entry.address, 4), name, typeText(entry), entry.access, entry.unit, limitText(entry), doc];
}

/** docs/registers.md */
export function registersPage(): string {
  return page(
    GENERATED,
    "# Registers",
    `32-bit little-endian registers on multiples of 4, read and written by register reports ([reports.md](reports.md)).
Names follow GenICam SFNC where it has one; the others are marked (vendor). A string is padded with zeros.
A request is answered with a code of [status.md](status.md).`,
    table(["address", "name", "type", "access", "unit", "limits", "meaning"], REGISTERS.map(row)),
    "## Pixel flags",
    "One byte per pixel in the flags component, in files and on the screen.",
    table(
      ["mask", "key", "range valid", "meaning"],
      PIXEL_FLAG_TABLE.map((flag) => [
        hex(flag.mask, 2),
        `\`${flag.key}\``,
        flag.invalid ? "no" : "yes",
        flag.doc,
      ]),
    ),
  );
}
