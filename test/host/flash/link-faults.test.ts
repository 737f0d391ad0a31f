import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RegisterPort } from "../../../host/camera/register-port.ts";
import { FirmwareUpdater } from "../../../host/flash/firmware-updater.ts";
import { imageFacts } from "../../../host/image/node/verify-image.ts";
import { BoardSocket } from "../../../host/transport/sim/board-socket.ts";
import type { Transport } from "../../../host/transport/transport.ts";
import { REG_FLASH_DIGEST } from "../../../hw-profiles/interface/registers.ts";
import { REGISTER_ADDRESS, REGISTER_DATA } from "../../../hw-profiles/interface/reports.ts";
import { sealed } from "../../reference/report-check.ts";
import { everyFault, LINK_FAULTS, type LinkFault } from "./support/every-fault.ts";
import { FlashBench, FREE_SLOT, SMALL_FLASH, WIDE_FLASH, WORLD } from "./support/flash-bench.ts";
import { heavyModule, imageOf } from "./support/images.ts";

const image = imageOf(heavyModule(4800, 1), { patch: 1 });

/** Every packet is tried by `npm run campaign:flash-link`. */
const STRIDES: Readonly<Partial<Record<LinkFault, number>>> = { "set.unplug": 5, "get.unplug": 5 };
const STRIDE = 17;

describe("a link that breaks while an image is installed", () => {
  let bench: FlashBench;

  beforeAll(async () => {
    bench = await FlashBench.open();
  });

  afterAll(() => bench.close());

  it.each(LINK_FAULTS)("%s", async (fault) => {
    const result = await everyFault(bench, image, fault, STRIDES[fault] ?? STRIDE);
    expect(result.problems).toEqual([]);
    expect(result.attempts).toBeGreaterThan(5);
    expect(result.mostSentAgain).toBeLessThanOrEqual(1);
    const end = fault.endsWith("unplug") ? "TransportError unplugged" : "done";
    // Only the packet that claims the device comes before the updater, which can mend the rest.
    expect(result.ends[end]).toBeGreaterThanOrEqual(result.attempts - 1);
  });
});

it("unplugged within a sector: that sector alone is sent again", async () => {
  const bench = await FlashBench.open(WIDE_FLASH);
  const large = imageOf(heavyModule(17_000, 1), { patch: 1 });
  const result = await everyFault(bench, large, "set.unplug", 41);
  expect(result.problems).toEqual([]);
  expect(result.sectors).toBe(3);
  expect(result.mostSentAgain).toBe(1);
  await bench.close();
});

/** Replies that carry a digest lie about one bit of it. */
function lying(bus: Transport): Transport {
  return {
    name: bus.name,
    onReport: (listener) => bus.onReport(listener),
    onClosed: (listener) => bus.onClosed(listener),
    sendReport: (report) => bus.sendReport(report),
    sendFeatureReport: (report) => bus.sendFeatureReport(report),
    getFeatureReport: async (id, length) => {
      const reply = (await bus.getFeatureReport(id, length)).slice();
      const address = new DataView(reply.buffer).getUint16(REGISTER_ADDRESS, true);
      if (address === REG_FLASH_DIGEST) reply[REGISTER_DATA]! ^= 1;
      return sealed(reply);
    },
    close: () => bus.close(),
  };
}

it("success is never reported unless what the board reads back agrees; the image is rejected then", async () => {
  const socket = await BoardSocket.open({ ...WORLD, flash: { geometry: SMALL_FLASH } });
  const honest = new FirmwareUpdater(new RegisterPort(socket.connect()), imageFacts);
  const deceived = new FirmwareUpdater(new RegisterPort(lying(socket.connect())), imageFacts);
  await expect(deceived.install(image)).rejects.toMatchObject({ code: "verify" });
  const { slots } = await honest.status();
  expect(slots[FREE_SLOT]).toMatchObject({ state: "rejected", reason: { name: "REVERTED" } });
  expect(await honest.restart()).toMatchObject({ running: 0, isTrial: false });
  await socket.close();
});
