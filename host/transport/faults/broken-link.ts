import type { Transport } from "../transport.ts";
import { FaultInjector } from "./fault-injector.ts";
import type { FaultSpec } from "./fault-spec.ts";
import { withFaults } from "./with-faults.ts";

/** Puts faults between a bus and its session, and keeps the bus: what a simulated board knows does not cross the link. */
export class BrokenLink {
  readonly injector: FaultInjector;
  bus: Transport | undefined;

  /** @throws FaultSpecError */
  constructor(faults: string | FaultSpec) {
    this.injector = new FaultInjector(faults);
  }

  readonly wrap = (bus: Transport): Transport => {
    this.bus = bus;
    return withFaults(bus, this.injector);
  };
}
