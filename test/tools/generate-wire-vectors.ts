// Writes test/vectors/wire.json: requests to a board of 64 x 48 after power-on, one after the other, and what it must answer, by
// the slow reference. Run with `npx tsx test/tools/generate-wire-vectors.ts` when the contract changes on purpose.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { creditReport, type RegisterFields, registerReport } from "../reference/wire-report.ts";

const file = fileURLToPath(new URL("../vectors/wire.json", import.meta.url));
const [READ, WRITE] = [1, 2];
const TOKEN = 0x0badcafe;
const PLAIN = { status: 0, length: 4, tag: 0, session: 0, data: [] };
const hex = (report: Uint8Array) => Buffer.from(report).toString("hex");

function exchange(about: string, fields: RegisterFields, reply: Partial<RegisterFields>) {
  const answer = { ...fields, ...reply };
  return { about, fields, request: hex(registerReport(fields)), reply: hex(registerReport(answer)), answer };
}

/** One bit of the address is wrong: the report comes back as it came, with status 25. */
function damaged() {
  const report = registerReport({ ...PLAIN, operation: READ, address: 0x0300, tag: 3, session: TOKEN });
  report[2] = (report[2] ?? 0) ^ 0x10;
  const request = hex(report);
  report[8] = 25;
  return { about: "a read whose address was damaged", request, reply: hex(report) };
}

const twin = {
  about: "Register and command reports, byte by byte. See test/tools/generate-wire-vectors.ts.",
  exchanges: [
    exchange(
      "DeviceMagic is read",
      { ...PLAIN, operation: READ, address: 0 },
      { data: [0x43, 0x51, 0x44, 0x52] },
    ),
    exchange("WireVersion is read", { ...PLAIN, operation: READ, address: 8 }, { data: [2, 0, 0, 0] }),
    exchange(
      "PulsesPerGate is written",
      { ...PLAIN, operation: WRITE, address: 0x0304, data: [250, 0, 0, 0] },
      {},
    ),
    exchange(
      "PulsesPerGate is refused",
      { ...PLAIN, operation: WRITE, address: 0x0304, data: [0, 0, 0, 0] },
      { status: 19 },
    ),
    exchange(
      "a session begins",
      { ...PLAIN, operation: WRITE, address: 0x0120, tag: 1, session: TOKEN, data: [0xfe, 0xca, 0xad, 0x0b] },
      {},
    ),
    exchange(
      "sizes are read, numbered",
      { ...PLAIN, operation: READ, address: 0x0200, length: 16, tag: 2, session: TOKEN },
      { data: [64, 0, 0, 0, 48, 0, 0, 0, 64, 0, 0, 0, 48, 0, 0, 0] },
    ),
  ],
  damaged: damaged(),
  credit: { value: 258, session: TOKEN, report: hex(creditReport(258, TOKEN)) },
};
writeFileSync(file, `${JSON.stringify(twin, undefined, 1)}\n`);
process.stdout.write(`${file}: ${twin.exchanges.length} exchanges\n`);
