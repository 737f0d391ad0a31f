// What the check of a report tells. Damage of up to five bits is always seen, which is proven below; of other damage one in
// 2^32 is not: 2.3e-5 is the chance that 100 000 random ones hold one that is missed.

import { beforeAll, expect, it } from "vitest";
import { buildCommand, parseCommand } from "../../host/packet/command-report.ts";
import { buildRegisterReply, parseRegisterReport } from "../../host/packet/register-report.ts";
import * as Reg from "../../hw-profiles/interface/registers.ts";
import * as R from "../../hw-profiles/interface/reports.ts";
import { STATUS_BAD_CHECK, STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { parseCreditCommand } from "../../sim/board/credit-command.ts";
import { Random } from "../firmware/support/random.ts";
import { sealed } from "../reference/report-check.ts";
import { type BoardUnderTest, openBoard } from "../sim/board/board-fixture.ts";

/** `CQD_FUZZ=1000000` runs the long version. */
const TRIALS = Number(process.env["CQD_FUZZ"] ?? 100_000);
const FEWER = TRIALS / 5;
const REGISTER_BITS = 8 * R.REGISTER_REPORT_BYTES;
const COMMAND_BITS = 8 * R.COMMAND_BYTES;

function flip(report: Uint8Array, bit: number): void {
  report[bit >> 3]! ^= 1 << (bit & 7);
}

/** A damaged copy: up to eight bits, a run of bytes, or anything; never what it was. */
function damaged(report: Uint8Array, random: Random): Uint8Array {
  const copy = report.slice();
  const kind = random.below(4);
  const bits = 8 * report.length;
  const from = random.below(report.length);
  if (kind < 2) for (let i = random.below(8); i >= 0; i--) flip(copy, random.below(bits));
  else if (kind === 2)
    for (let i = from; i < Math.min(from + 8, copy.length); i++) copy[i] = random.below(256);
  else for (let i = 1; i < copy.length; i++) copy[i] = random.below(256);
  if (copy.every((byte, i) => byte === report[i])) flip(copy, random.below(bits));
  return copy;
}

function randomReport(random: Random, address: number): Uint8Array {
  const data = Uint8Array.from({ length: 4 * (1 + random.below(12)) }, () => random.below(256));
  const fields = { operation: 1 + random.below(2), address, length: data.length, data, status: STATUS_OK };
  return buildRegisterReply({ ...fields, session: random.word(), tag: random.below(65536) });
}

/** Whether `read` takes the report. */
function taken(read: (report: Uint8Array) => unknown, report: Uint8Array): boolean {
  try {
    return read(report) !== undefined;
  } catch {
    return false;
  }
}

/** By what a wrong bit changes the difference of found and right check; that of several bits is the xor of theirs. */
function syndromes(bytes: number, at: number): number[] {
  const right = sealed(new Uint8Array(bytes));
  return Array.from({ length: 8 * bytes }, (_, bit) => {
    const wrong = right.slice();
    flip(wrong, bit);
    const resealed = sealed(wrong.slice());
    const check = (report: Uint8Array) => new DataView(report.buffer).getUint32(at, true);
    return (check(wrong) ^ check(resealed)) >>> 0;
  });
}

function isOdd(word: number): boolean {
  let bits = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) bits++;
  return bits % 2 === 1;
}

it.each([
  ["register", REGISTER_BITS, R.REGISTER_CHECK],
  ["command", COMMAND_BITS, R.COMMAND_CHECK],
])("no damage of up to five bits of a %s report goes unseen", (_, bits, at) => {
  const single = syndromes(bits / 8, at);
  // Three bits, or five, do not cancel: each is odd. Nor do two or four: no two pairs are alike.
  expect(single.every(isOdd)).toBe(true);
  const pairs = new Set(single.flatMap((one, i) => single.slice(i + 1).map((other) => (one ^ other) >>> 0)));
  expect(pairs.size).toBe((bits * (bits - 1)) / 2);
  expect(pairs.has(0)).toBe(false);
});

it(`of ${TRIALS} damaged replies the host takes none`, () => {
  const random = new Random(31);
  let missed = 0;
  for (let i = 0; i < TRIALS; i++) {
    const reply = randomReport(random, 4 * random.below(0x400));
    if (i % 1000 === 0) expect(taken(parseRegisterReport, reply)).toBe(true);
    missed += Number(taken(parseRegisterReport, damaged(reply, random)));
  }
  expect(missed).toBe(0);
});

let device: BoardUnderTest;

beforeAll(async () => {
  device = await openBoard();
});

it(`of ${FEWER} damaged requests the board serves none`, () => {
  const random = new Random(32);
  const { registers } = device.board;
  const everything = () =>
    [Reg.REG_PULSES_PER_GATE, Reg.REG_COMPONENT_ENABLE, Reg.REG_PROBE_X, Reg.REG_SESSION_TOKEN].map(
      (address) => device.read(address).value,
    );
  const before = everything();
  let answered = 0;
  for (let i = 0; i < FEWER; i++) {
    registers.request(damaged(randomReport(random, Reg.REG_PULSES_PER_GATE), random));
    const reply = registers.reply();
    const isSentBack = reply[R.REGISTER_STATUS] === STATUS_BAD_CHECK && !taken(parseRegisterReport, reply);
    answered += Number(!isSentBack);
  }
  expect(answered).toBe(0);
  expect(everything()).toEqual(before);
});

it(`of ${FEWER} damaged commands neither board nor relay takes one`, () => {
  const random = new Random(33);
  let missed = 0;
  for (let i = 0; i < FEWER; i++) {
    const command = buildCommand({ kind: R.COMMAND_CREDIT, value: random.word(), session: random.word() });
    const wrong = damaged(command, random);
    missed += Number(taken(parseCreditCommand, wrong)) + Number(taken(parseCommand, wrong));
  }
  expect(missed).toBe(0);
});
