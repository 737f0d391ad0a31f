import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

export const DEFAULT_PORT = 8137;
export const LOOPBACK = "127.0.0.1";

/** The port that was asked for belongs to somebody else. */
export class PortTakenError extends Error {
  constructor(port: number) {
    super(
      `port ${port} is taken on ${LOOPBACK}; choose another with --port, or leave it out to get a free one`,
    );
    this.name = "PortTakenError";
  }
}

/**
 * Listen on loopback. With `port` exactly there, or PortTakenError; without it on DEFAULT_PORT, or on any free port
 * when that one is taken. Resolves with the port.
 */
export async function listenOnLoopback(server: Server, port: number | undefined): Promise<number> {
  if (port !== undefined) {
    if (await tryListen(server, port)) return boundPort(server);
    throw new PortTakenError(port);
  }
  if (!(await tryListen(server, DEFAULT_PORT))) await tryListen(server, 0);
  return boundPort(server);
}

function tryListen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === "EADDRINUSE") resolve(false);
      else if (error.code === "EACCES")
        reject(new Error(`port ${port} needs more rights; choose one above 1023`));
      else reject(error);
    };
    server.once("error", onError);
    server.listen(port, LOOPBACK, () => {
      server.off("error", onError);
      resolve(true);
    });
  });
}

function boundPort(server: Server): number {
  return (server.address() as AddressInfo).port;
}
