import { expect, test } from "vitest";
import { CreditWindow } from "../../../host/camera/credit-window.ts";
import { parseCommand } from "../../../host/packet/command-report.ts";
import type { Transport } from "../../../host/transport/transport.ts";

const SIZE = 10;

/** A link that keeps what was granted; `failures` of the next grants fail. */
function linkOf(failures = 0) {
  const grants: number[] = [];
  let left = failures;
  const transport = {
    name: "test:grants",
    sendReport: async (report: Uint8Array) => {
      if (left-- > 0) throw new Error("fails");
      grants.push(parseCommand(report).value);
    },
  } as unknown as Transport;
  return { grants, window: new CreditWindow(transport, SIZE) };
}

test("a grant that arrived twice is used up once, and not granted again", async () => {
  const { grants, window } = linkOf();
  await window.topUp(
    () => 0,
    () => true,
  );
  expect(grants).toEqual([SIZE]);
  // The reader is slow; the device had twice as much.
  const seen = 2 * SIZE;
  expect(window.outstanding(seen)).toBe(-SIZE);
  await window.topUp(
    () => seen,
    () => true,
  );
  expect(grants).toEqual([SIZE, SIZE]);
  expect(window.outstanding(seen)).toBe(SIZE);
});

test("a grant that fails is tried again, three times in all", async () => {
  const passing = linkOf(2);
  await passing.window.topUp(
    () => 0,
    () => true,
  );
  expect(passing.grants).toEqual([SIZE]);
  const failing = linkOf(3);
  const granting = failing.window.topUp(
    () => 0,
    () => true,
  );
  await expect(granting).rejects.toThrow("fails");
});
