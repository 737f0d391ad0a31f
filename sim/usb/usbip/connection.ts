import type { Socket } from "node:net";
import { AttachedDevice } from "./attached-device.ts";
import type { Bus } from "./bus.ts";
import { ByteReader } from "./byte-reader.ts";
import * as P from "./protocol.ts";

/** Longest data stage of an OUT transfer that is read: our reports are far shorter. */
const OUT_BYTES_MAX = 65536;

/** One connection of a host: first requests about devices, after an import the transfers of that device. */
export class Connection {
  readonly #socket: Socket;
  readonly #bus: Bus;
  readonly #reader = new ByteReader();
  #attached: AttachedDevice | undefined;
  #release: (() => void) | undefined;

  constructor(socket: Socket, bus: Bus) {
    this.#socket = socket;
    this.#bus = bus;
    socket.setNoDelay(true);
    socket.on("data", (bytes: Buffer) => this.#take(bytes));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#end());
  }

  #take(bytes: Buffer): void {
    this.#reader.push(bytes);
    while (!this.#socket.destroyed && (this.#attached === undefined ? this.#operation() : this.#command()));
  }

  /** @returns whether to look for another one. */
  #operation(): boolean {
    const head = this.#reader.peek(P.OP_HEAD_BYTES);
    if (head === undefined) return false;
    const { code } = P.readOpHead(head);
    if (code === P.OP_REQ_DEVLIST) {
      this.#reader.take(P.OP_HEAD_BYTES);
      this.#socket.write(P.deviceListReply(this.#bus.devices()));
      return true;
    }
    if (code !== P.OP_REQ_IMPORT) return this.#refuse();
    const request = this.#reader.take(P.OP_HEAD_BYTES + P.BUS_ID_BYTES);
    if (request === undefined) return false;
    this.#import(P.readBusId(request.subarray(P.OP_HEAD_BYTES)));
    return true;
  }

  #import(busId: string): void {
    const taken = this.#bus.take(busId, () => this.#socket.destroy());
    this.#socket.write(P.importReply(taken?.exported));
    if (taken === undefined) return;
    this.#release = taken.release;
    this.#attached = new AttachedDevice(taken.device, (bytes) => this.#socket.write(bytes));
  }

  #command(): boolean {
    const head = this.#reader.peek(P.URB_HEAD_BYTES);
    if (head === undefined) return false;
    const command = P.readCommand(head);
    if (command === undefined) return this.#refuse();
    if (command.command === P.CMD_UNLINK) {
      this.#reader.take(P.URB_HEAD_BYTES);
      this.#attached?.unlink(command);
      return true;
    }
    const outBytes = command.direction === P.DIRECTION_OUT ? command.length : 0;
    if (outBytes > OUT_BYTES_MAX) return this.#refuse();
    const whole = this.#reader.take(P.URB_HEAD_BYTES + outBytes);
    if (whole === undefined) return false;
    const goesOn = this.#attached?.submit(command, whole.subarray(P.URB_HEAD_BYTES)) === true;
    return goesOn || this.#refuse();
  }

  /** What cannot be read ends the connection: to the host, the cable was pulled. */
  #refuse(): boolean {
    this.#socket.destroy();
    return false;
  }

  #end(): void {
    this.#attached?.end();
    this.#attached = undefined;
    this.#release?.();
    this.#release = undefined;
  }
}
