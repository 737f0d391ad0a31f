import { createServer } from "node:net";
import { type ServedBus, serveUsbIp } from "../../host/transport/sim/serve-usbip.ts";
import type { Reference } from "../device/bench.ts";
import { WORLD } from "../device/reference.ts";
import type { OfferedBoard, Plan } from "./inside/plan.ts";

export interface OfferedBoards {
  readonly boards: readonly OfferedBoard[];
  readonly close: () => Promise<void>;
}

const HOST = "127.0.0.1";

/** Two boards at high speed and one at full speed, each with a serial number of its own. */
export async function offerBoards(): Promise<OfferedBoards> {
  const high = await serveUsbIp({ simulation: WORLD, count: 2, port: 0, host: HOST, speed: "high" });
  const full = await serveUsbIp({ simulation: WORLD, count: 3, port: 0, host: HOST, speed: "full" });
  return {
    boards: [...offered(high, "high"), ...offered(full, "full").slice(-1)],
    close: async () => {
      await high.close();
      await full.close();
    },
  };
}

function offered({ boards, port }: ServedBus, speed: "high" | "full"): OfferedBoard[] {
  return boards.map(({ busId, serialNumber }) => ({ busId, serialNumber, port, speed }));
}

export interface OfferedPlan {
  readonly port: number;
  readonly close: () => void;
}

/** Tells whoever connects the plan at once, and the reference when it is there; each is a line. */
export async function offerPlan(plan: Plan, reference: Promise<Reference>): Promise<OfferedPlan> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.write(`${JSON.stringify(plan)}\n`);
    reference.then(
      (known) => socket.end(`${JSON.stringify(known)}\n`),
      () => socket.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, () => resolve()));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    close: () => server.close(),
  };
}
