import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readSummary } from "../tools/steps/usb-step.ts";
import { cpioArchive } from "./guest/cpio.ts";
import { type MachineEnd, type MachineOptions, runMachine } from "./guest/machine.ts";
import { GuestConsole } from "./guest-console.ts";

const folder = mkdtempSync(join(tmpdir(), "cqd-guest-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Limits = Pick<MachineOptions, "silenceMs" | "limitMs">;

/** No test waits for these: a busy machine must not be taken for a guest that hangs. */
const PATIENT: Limits = { silenceMs: 200_000, limitMs: 200_000 };

/** A program in QEMU's place. */
function machine(
  name: string,
  script: string,
  limits: Partial<Limits>,
  onLine: (line: string) => void = () => undefined,
): Promise<MachineEnd> {
  const program = join(folder, name);
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return runMachine({ kernel: "", image: "", planPort: 1, onLine, program, ...PATIENT, ...limits });
}

describe("the watchdog of the guest", () => {
  it("lets one that ends by itself alone", async () => {
    const lines: string[] = [];
    const end = await machine("ends", "printf 'one\\r\\n'; echo two >&2", {}, (line) => lines.push(line));
    expect(end.hang).toBeUndefined();
    expect(lines.sort()).toEqual(["one", "two"]);
  });

  it("kills one that says nothing", async () => {
    const end = await machine("silent", "echo one; exec sleep 600", { silenceMs: 200 });
    expect(end.hang).toMatch(/no line for 200 ms/);
  });

  it("kills one that never ends", async () => {
    const end = await machine("endless", "while true; do echo one; sleep 0.1; done", { limitMs: 500 });
    expect(end.hang).toMatch(/after 500 ms/);
  });

  it("says that QEMU is not there", async () => {
    const options = { kernel: "", image: "", planPort: 1, onLine: () => undefined, ...PATIENT };
    await expect(runMachine({ ...options, program: join(folder, "absent") })).rejects.toThrow(/ENOENT/);
  });
});

describe("the guest's console", () => {
  function read(...lines: string[]): { console: GuestConsole; shown: string[] } {
    const shown: string[] = [];
    const console = new GuestConsole((line) => shown.push(line));
    for (const line of lines) console.take(line);
    return { console, shown };
  }

  it("is counted, and only results and remarks are shown", () => {
    const results = ["ok 1 - a (3 ms)", "not ok 2 - b", "#   Error: why", "ok 3 - c # SKIP needs a cable"];
    const { console, shown } = read("kernel: hello", ...results, "1 passed, 1 failed, 1 skipped");
    expect(console.tally).toEqual({ passed: 1, failed: 1, skipped: 1 });
    expect(console.contradiction()).toBeUndefined();
    expect(shown).toEqual(results);
  });

  it("without a summary, or with another one, is not believed", () => {
    expect(read("ok 1 - a").console.contradiction()).toMatch(/without a summary/);
    const { console } = read("ok 1 - a", "2 passed, 0 failed, 0 skipped");
    expect(console.contradiction()).toMatch(/2 passed.*1 passed/);
  });
});

it("the archive has a head for every folder and file, each padded to four bytes", () => {
  const files = [{ path: "app/inner/a.js", bytes: Buffer.from("12345"), isProgram: true }];
  const archive = cpioArchive(files);
  const head = (mode: string, length: string, name: string) =>
    new RegExp(`^070701[0-9a-f]{8}${mode}.{32}${length}.{32}${name}.{8}$`);
  expect(archive.length % 4).toBe(0);
  const text = archive.toString("latin1");
  expect(text.slice(0, 110)).toMatch(head("000041ed", "00000000", "00000004"));
  expect(text.slice(110, 116)).toBe("app\0\0\0");
  const file = text.indexOf("app/inner/a.js\0");
  expect(file % 4).toBe(2);
  expect(text.slice(file - 110, file)).toMatch(head("000081ed", "00000005", "0000000f"));
  expect(text.slice(file + 15, file + 26)).toBe(`${"\0".repeat(3)}12345${"\0".repeat(3)}`);
  expect(text).toContain("TRAILER!!!\0");
});

it("the last line of the guest's run is read", () => {
  expect(readSummary("x\n3 passed, 1 failed, 2 skipped\n")).toEqual({ passed: 3, failed: 1, skipped: 2 });
  expect(readSummary("x\n3 passed, 1 failed, 2 skipped\nError: later\n")).toBeUndefined();
});
