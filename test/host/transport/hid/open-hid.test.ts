import { expect, it } from "vitest";
import { listHidDevices, openHidTransport } from "../../../../host/transport/hid/open-hid.ts";
import { boardEntry, FakeHandle, fakeHid } from "./fake-hid.ts";

const OTHERS = [
  boardEntry("KEYBOARD", { usagePage: 1, usage: 6 }),
  boardEntry("OTHER-VENDOR-PAGE", { usagePage: 0xff00 }),
  boardEntry("OTHER-USAGE", { usage: 2 }),
  boardEntry("NO-PAGE-OTHER-MAKER", { usagePage: 0, vendorId: 0x1234 }),
  boardEntry("", {}),
];

it("boards are found by usage page and usage, or by their numbers where the system tells no usage", async () => {
  const module = fakeHid([
    ...OTHERS,
    boardEntry("A"),
    boardEntry("B", { usagePage: undefined, usage: undefined }),
  ]);
  expect((await listHidDevices(module)).map(({ serialNumber }) => serialNumber)).toEqual(["A", "B"]);
});

it("opens the one of that serial number", async () => {
  const opened: string[] = [];
  const module = fakeHid([boardEntry("A"), boardEntry("B")], async (path) => {
    opened.push(path);
    return new FakeHandle();
  });
  const transport = await openHidTransport("B", { module });
  expect(transport.name).toBe("hid:B");
  expect(opened).toEqual(["/dev/hidraw-B"]);
});

it("a board that is not there: says which ones are", async () => {
  await expect(
    openHidTransport("C", { module: fakeHid([...OTHERS, boardEntry("A"), boardEntry("B")]) }),
  ).rejects.toMatchObject({
    code: "absent",
    message:
      "hid:C: found A, B among the boards, expected the board plugged in; plug it in, and look with `cqd list`",
  });
  await expect(openHidTransport("C", { module: fakeHid(OTHERS) })).rejects.toThrow("hid:C: found none among");
});

it("a board that may not be opened: says which rule gives leave", async () => {
  const module = fakeHid([boardEntry("A")], async (path) => {
    throw new Error(
      `cannot open device with path ${path}: Failed to open a device with path '${path}': Permission denied`,
    );
  });
  await expect(openHidTransport("A", { module })).rejects.toMatchObject({
    code: "permission",
    message: expect.stringContaining(
      "npx cqd doctor --rule | sudo tee /etc/udev/rules.d/70-cqd-readout.rules",
    ),
  });
});

it("a board that goes between listing and opening is absent", async () => {
  const module = fakeHid([boardEntry("A")], async (path) => {
    throw new Error(
      `cannot open device with path ${path}: Failed to open a device with path '${path}': No such file or directory`,
    );
  });
  await expect(openHidTransport("A", { module })).rejects.toMatchObject({ code: "absent" });
});
