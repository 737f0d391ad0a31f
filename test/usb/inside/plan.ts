import { connect } from "node:net";
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
  /** Of the machine that serves the boards, as the guest sees it. */
  readonly host: string;
  readonly boards: readonly OfferedBoard[];
  readonly reference: Reference;
  readonly seed: number;
}

/** The plan: all that the host says on this port until it closes the connection. @throws Error of node:net. */
export async function fetchPlan(host: string, port: number): Promise<Plan> {
  let text = "";
  const socket = connect(port, host);
  socket.setEncoding("utf8");
  for await (const chunk of socket) text += String(chunk);
  return { ...(JSON.parse(text) as Omit<Plan, "host">), host };
}
