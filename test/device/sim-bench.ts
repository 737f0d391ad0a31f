import { listDevices, openTransport } from "../../host/transport/open-transport.ts";
import type { Bench, BoardUnderTest, Reference, StallableTransport } from "./bench.ts";
import { WORLD } from "./reference.ts";
import { RingTransport } from "./ring-transport.ts";

/** The simulated board in this process. It is another one after every opening, but its frames are the same. */
function simBoard(): BoardUnderTest {
  let opened: RingTransport | undefined;
  return {
    serialNumber: WORLD.profile,
    speed: "high",
    open: async (): Promise<StallableTransport> => {
      opened = new RingTransport(await openTransport("sim", WORLD));
      return opened;
    },
    cable: {
      unplug: async () => {
        await opened?.unplug();
      },
      plug: async () => undefined,
    },
  };
}

export function simBench(reference: Reference, seed: number): Bench {
  return {
    name: "sim",
    boards: [simBoard(), simBoard()],
    listed: async () => (await listDevices()).map(({ device }) => device.replace(/^sim:/, "")),
    reference,
    seed,
  };
}
