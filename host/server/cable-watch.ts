import { checkDevice } from "../camera/camera-info.ts";
import { RegisterPort } from "../camera/register-port.ts";
import type { LinkEvent } from "../camera/resume/resume-options.ts";
import { type LinkKeeper, ResumingTransport } from "../camera/resume/resuming-transport.ts";
import type { DevicePort } from "../transport/open-transport.ts";
import type { Transport } from "../transport/transport.ts";

/** A viewer waits for its board as long as it runs; a day, since timers and messages want a number. */
export const CABLE_WAIT_MS = 86_400_000;

/** Hands on what becomes of a device's cable to whoever uses the device: nobody does while it is being opened. */
export class CableWatch implements LinkKeeper {
  private user: LinkKeeper | undefined;

  listen(user: LinkKeeper): void {
    this.user = user;
  }

  /** @throws CameraError when what is plugged in now is of another version of the contract. */
  readonly restart = async (bus: Transport): Promise<void> => {
    await checkDevice(new RegisterPort(bus));
    await this.user?.restart(bus);
  };

  readonly onLink = (event: LinkEvent): void => this.user?.onLink(event);
}

/** A device that goes on, with its settings, when it was unplugged and is back. */
export interface WatchedDevice {
  readonly transport: Transport;
  readonly cable: CableWatch;
}

/** Open the device of a port. @throws what the port does; the port is released then. */
export async function openWatched({ open, release }: DevicePort): Promise<WatchedDevice> {
  const cable = new CableWatch();
  try {
    const options = { timeoutMs: CABLE_WAIT_MS, reopen: open, release };
    return { transport: new ResumingTransport(await open(), options, cable), cable };
  } catch (error) {
    await release();
    throw error;
  }
}
