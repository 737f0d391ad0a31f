import { serveUsbIp } from "../../open-server.ts";
import { CommandError, usageError } from "../command-error.ts";
import type { DeviceOptions } from "../device/device-options.ts";
import { EXIT_FAILURE } from "../exit-codes.ts";
import { interrupted } from "../stream/interrupt.ts";
import { dim, printJson, printLine } from "../text/terminal.ts";

export interface ServeOptions extends DeviceOptions {
  readonly port: number;
  readonly host: string;
  readonly count: number;
  readonly speed: "high" | "full";
  readonly json?: true;
}

const SIM_PREFIX = "sim:";

/** Serve until Ctrl-C. @throws CommandError when the port is taken or the device is no simulated one. */
export async function serve(options: ServeOptions): Promise<void> {
  const { count, device, host, json, port, speed } = options;
  if (!device.startsWith(SIM_PREFIX))
    throw usageError(`found device ${device}, expected sim:PROFILE: only simulated boards need a bus`);
  const { deviation, effects, firmware, flashFile, scene, seed, threads } = options;
  if (flashFile !== undefined && count > 1)
    throw usageError(`found --flash-file with ${count} boards, expected one: each has a flash of its own`);
  const changes = { ...(effects && { effects }), ...(deviation && { deviation }) };
  const world = { scene, seed, threads, firmware, flashFile };
  const simulation = { profile: device.slice(SIM_PREFIX.length), ...world, ...changes };
  const served = await serveUsbIp({ simulation, count, port, host, speed }).catch((error: unknown) => {
    throw portError(error, port);
  });
  const ending = interrupted();
  if (json) printJson({ port: served.port, host, boards: served.boards });
  else printServed(host, served);
  await ending;
  await served.close();
}

function printServed(host: string, { boards, port }: Awaited<ReturnType<typeof serveUsbIp>>): void {
  for (const { busId, serialNumber } of boards) printLine(`${busId}  ${serialNumber}`);
  printLine(`USB/IP on ${host}:${port}; on the machine that shall have a board, as root:`);
  printLine(dim(`  modprobe vhci-hcd && npx cqd attach ${host}:${port} --bus-id ${boards[0]?.busId ?? ""}`));
  printLine(dim("Ctrl-C pulls the cables and ends"));
}

function portError(error: unknown, port: number): unknown {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  if (!isTaken) return error;
  return new CommandError(
    EXIT_FAILURE,
    `port ${port} is taken, expected a free one; give another with --port, or 0`,
  );
}
