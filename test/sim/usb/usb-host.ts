import { connect, type Socket } from "node:net";
import type { Transport } from "../../../host/transport/transport.ts";
import { TransportError } from "../../../host/transport/transport-error.ts";
import { REPORT_BYTES } from "../../../hw-profiles/interface/reports.ts";
import { ByteReader } from "../../../sim/usb/usbip/byte-reader.ts";

/** A USB/IP host in 150 lines, written from the kernel's documentation: enough of one to run a camera over it. */

const IN_FLIGHT = 8;
const HEAD = 48;

interface Answer {
  readonly status: number;
  readonly data: Buffer;
}

export interface ImportedDevice {
  readonly speed: number;
  readonly vendorId: number;
  readonly productId: number;
}

function setupOf(type: number, request: number, value: number, index: number, length: number): Buffer {
  const setup = Buffer.alloc(8);
  setup.writeUInt8(type, 0);
  setup.writeUInt8(request, 1);
  setup.writeUInt16LE(value, 2);
  setup.writeUInt16LE(index, 4);
  setup.writeUInt16LE(length, 6);
  return setup;
}

export class UsbHost {
  readonly imported: ImportedDevice;
  readonly #socket: Socket;
  readonly #reader: ByteReader;
  readonly #waiting = new Map<number, { isIn: boolean; done: (answer: Answer | undefined) => void }>();
  #sequence = 0;

  private constructor(socket: Socket, reader: ByteReader, imported: ImportedDevice) {
    this.#socket = socket;
    this.#reader = reader;
    this.imported = imported;
    socket.on("data", () => this.#answers());
    socket.on("close", () => {
      for (const { done } of this.#waiting.values()) done(undefined);
      this.#waiting.clear();
    });
  }

  /** @returns undefined if the server refuses the import. */
  static async attach(port: number, busId: string): Promise<UsbHost | undefined> {
    const socket = connect(port, "127.0.0.1");
    const reader = new ByteReader();
    socket.on("error", () => undefined);
    socket.on("data", (bytes: Buffer) => reader.push(bytes));
    await new Promise((resolve) => socket.once("connect", resolve));
    const request = Buffer.alloc(40);
    request.writeUInt16BE(0x0111, 0);
    request.writeUInt16BE(0x8003, 2);
    request.write(busId, 8);
    socket.write(request);
    const head = await next(socket, reader, 8);
    if (head.readUInt32BE(4) !== 0) {
      socket.destroy();
      return undefined;
    }
    const record = await next(socket, reader, 312);
    const imported = {
      speed: record.readUInt32BE(296),
      vendorId: record.readUInt16BE(300),
      productId: record.readUInt16BE(302),
    };
    return new UsbHost(socket, reader, imported);
  }

  get isAttached(): boolean {
    return !this.#socket.destroyed;
  }

  /** A transfer; undefined when the device is gone. */
  submit(
    endpoint: number,
    isIn: boolean,
    length: number,
    data: Buffer,
    setup: Buffer = Buffer.alloc(8),
    flags = 0,
  ): Promise<Answer | undefined> {
    const sequence = ++this.#sequence;
    const head = Buffer.alloc(HEAD);
    head.writeUInt32BE(1, 0);
    head.writeUInt32BE(sequence, 4);
    head.writeUInt32BE(isIn ? 1 : 0, 12);
    head.writeUInt32BE(endpoint, 16);
    head.writeUInt32BE(flags, 20);
    head.writeUInt32BE(isIn ? length : data.length, 24);
    setup.copy(head, 40);
    return new Promise((done) => {
      if (this.#socket.destroyed) return done(undefined);
      this.#waiting.set(sequence, { isIn, done });
      this.#socket.write(isIn ? head : Buffer.concat([head, data]));
    });
  }

  /** Gives up transfer number `victim`. */
  unlink(victim: number): Promise<Answer | undefined> {
    this.#waiting.delete(victim);
    return this.#unlink(victim);
  }

  /** As unlink(), and the transfer ends as the device says: given up, or done. */
  async cancel(victim: number): Promise<void> {
    const answer = await this.#unlink(victim);
    if (answer?.status === 0) return;
    this.#waiting.get(victim)?.done(answer);
    this.#waiting.delete(victim);
  }

  #unlink(victim: number): Promise<Answer | undefined> {
    const sequence = ++this.#sequence;
    const head = Buffer.alloc(HEAD);
    head.writeUInt32BE(2, 0);
    head.writeUInt32BE(sequence, 4);
    head.writeUInt32BE(victim, 20);
    return new Promise((done) => {
      if (this.#socket.destroyed) return done(undefined);
      this.#waiting.set(sequence, { isIn: false, done });
      this.#socket.write(head);
    });
  }

  /** Bytes that are no USB/IP. */
  raw(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  get lastSequence(): number {
    return this.#sequence;
  }

  async read(
    type: number,
    request: number,
    value: number,
    index: number,
    length: number,
  ): Promise<Buffer | undefined> {
    const answer = await this.submit(
      0,
      true,
      length,
      Buffer.alloc(0),
      setupOf(type, request, value, index, length),
    );
    return answer?.status === 0 ? answer.data : undefined;
  }

  async write(
    type: number,
    request: number,
    value: number,
    index: number,
    data: Buffer = Buffer.alloc(0),
  ): Promise<boolean> {
    const setup = setupOf(type, request, value, index, data.length);
    return (await this.submit(0, false, 0, data, setup))?.status === 0;
  }

  detach(): void {
    this.#socket.destroy();
  }

  #answers(): void {
    for (;;) {
      const head = this.#reader.peek(HEAD);
      if (head === undefined) return;
      const waiting = this.#waiting.get(head.readUInt32BE(4));
      const length = waiting?.isIn === true ? head.readUInt32BE(24) : 0;
      const whole = this.#reader.take(HEAD + length);
      if (whole === undefined) return;
      this.#waiting.delete(whole.readUInt32BE(4));
      waiting?.done({ status: whole.readInt32BE(20), data: whole.subarray(HEAD) });
    }
  }
}

async function next(socket: Socket, reader: ByteReader, bytes: number): Promise<Buffer> {
  for (;;) {
    const taken = reader.take(bytes);
    if (taken !== undefined) return taken;
    await new Promise((resolve) => socket.once("data", resolve));
  }
}

/** The host's seam over an attached device: what a kernel's HID driver does. */
export class UsbHostTransport implements Transport {
  readonly name = "usbip";
  readonly #host: UsbHost;
  readonly #reports: ((report: Uint8Array) => void)[] = [];
  readonly #closed: ((reason: Error | undefined) => void)[] = [];
  #isOpen = true;

  private constructor(host: UsbHost) {
    this.#host = host;
  }

  static async open(host: UsbHost): Promise<UsbHostTransport> {
    if (!(await host.write(0x00, 9, 1, 0))) throw new Error("SET_CONFIGURATION was refused");
    const transport = new UsbHostTransport(host);
    for (let i = 0; i < IN_FLIGHT; i++) void transport.#poll();
    return transport;
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#reports.push(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#closed.push(listener);
  }

  async sendReport(report: Uint8Array): Promise<void> {
    await this.#host.submit(2, false, 0, Buffer.from(report));
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    const done = await this.#host.write(0x21, 9, 0x0300 | (report[0] ?? 0), 0, Buffer.from(report));
    if (!done) throw new Error("SET_REPORT was refused");
  }

  async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    const data = await this.#host.read(0xa1, 1, 0x0300 | reportId, 0, length);
    if (data === undefined) throw new Error("GET_REPORT was refused");
    return new Uint8Array(data);
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    this.#host.detach();
  }

  async #poll(): Promise<void> {
    while (this.#isOpen) {
      const answer = await this.#host.submit(1, true, REPORT_BYTES, Buffer.alloc(0));
      if (!this.#isOpen) return;
      if (answer === undefined || answer.status !== 0) return this.#end();
      for (const listener of this.#reports) listener(new Uint8Array(answer.data));
    }
  }

  #end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const listener of this.#closed) listener(new TransportError("unplugged", "the device is gone"));
  }
}
