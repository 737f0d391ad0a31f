import type { Transport } from "../transport.ts";
import { FaultInjector } from "./fault-injector.ts";
import type { FaultSpec } from "./fault-spec.ts";
import { FaultyTransport } from "./faulty-transport.ts";

/**
 * A transport whose link does what links do: loses, doubles, reorders, damages, cuts, delays and stalls packets, fails, or is
 * unplugged. docs/faults.md has the specification.
 * @param faults an injector goes on counting where it stands: for a device that is opened again.
 * @throws FaultSpecError
 */
export function withFaults(
  transport: Transport,
  faults: string | FaultSpec | FaultInjector,
): FaultyTransport {
  return new FaultyTransport(transport, faults instanceof FaultInjector ? faults : new FaultInjector(faults));
}
