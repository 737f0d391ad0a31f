import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Bus } from "./bus.ts";
import { Connection } from "./connection.ts";

/** Offers the boards of a bus to USB/IP hosts: any Linux machine attaches them as if they were plugged in. */
export class UsbIpServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(bus: Bus) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      new Connection(socket, bus);
    });
  }

  /** @param port 0 picks a free one. @throws Error of node:net, such as EADDRINUSE. */
  static async listen(bus: Bus, port: number, host: string): Promise<UsbIpServer> {
    const server = new UsbIpServer(bus);
    await new Promise<void>((resolve, reject) => {
      server.#server.once("error", reject);
      server.#server.listen(port, host, () => resolve());
    });
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends every connection: to the hosts, all cables are pulled. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
