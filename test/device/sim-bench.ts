import { listDevices } from "../../host/transport/open-transport.ts";
import { openSession } from "../../host/transport/session/open-session.ts";
import { BoardSocket } from "../../host/transport/sim/board-socket.ts";
import type { Bench, BoardUnderTest, Reference } from "./bench.ts";
import { WORLD } from "./reference.ts";
import { RingTransport } from "./ring-transport.ts";

/** A bench, and how to put it away. */
export interface SimBench {
  readonly bench: Bench;
  readonly close: () => Promise<void>;
}

/** Two simulated boards in this process, with sessions and cables as boards on a bus have them. */
export async function openSimBench(reference: Reference, seed: number): Promise<SimBench> {
  const sockets = [await BoardSocket.open(WORLD), await BoardSocket.open(WORLD)];
  return {
    bench: {
      name: "sim",
      boards: sockets.map(boardIn),
      listed: async () => (await listDevices()).map(({ device }) => device.replace(/^sim:/, "")),
      reference,
      seed,
    },
    close: async () => {
      for (const socket of sockets) await socket.close();
    },
  };
}

function boardIn(socket: BoardSocket): BoardUnderTest {
  return {
    serialNumber: WORLD.profile,
    speed: "high",
    open: async () => new RingTransport(await openSession(socket.connect())),
    cable: {
      unplug: async () => socket.unplug(),
      plug: async () => socket.plug(),
    },
  };
}
