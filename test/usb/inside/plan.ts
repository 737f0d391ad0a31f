import { connect } from "node:net";
import { createInterface } from "node:readline";
import type { Reference } from "../../device/bench.ts";

/** A board that a USB/IP server of the host offers. */
export interface OfferedBoard {
  readonly port: number;
  readonly busId: string;
  readonly serialNumber: string;
  readonly speed: "high" | "full";
}

/** What the guest asks the host for when it starts. */
export interface Plan {
  readonly boards: readonly OfferedBoard[];
  /** Decides what the seeded checks do. */
  readonly seed: number;
  /** Part of the names of the checks that are to run; "": all. */
  readonly only: string;
}

/** A plan, and what the host reckons meanwhile. */
export interface FetchedPlan {
  readonly plan: Plan;
  readonly reference: Promise<Reference>;
}

/** The host's two lines on this port: the plan at once, the reference when it is there. @throws Error of node:net. */
export async function fetchPlan(host: string, port: number): Promise<FetchedPlan> {
  const lines = createInterface(connect(port, host))[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const line = await lines.next();
    if (line.done === true) throw new Error("found the connection ended, expected a line of the plan");
    return JSON.parse(line.value);
  };
  const plan = (await next()) as Plan;
  return { plan, reference: next() as Promise<Reference> };
}
