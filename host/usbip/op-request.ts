import { connect, type Socket } from "node:net";
import { UsbIpError } from "./usbip-error.ts";

/** Where a USB/IP server listens. */
export interface UsbIpAddress {
  readonly host: string;
  readonly port: number;
}

export interface Answered<T> {
  readonly reply: T;
  /** Open, and not being read: nothing that the server sends from now on is lost. */
  readonly socket: Socket;
}

const CHUNK_BYTES = 4096;
/** More than any reply to us can need. */
const REPLY_BYTES_MAX = 1 << 20;
const ANSWER_TIMEOUT_MS = 5000;

/**
 * Connect, send one request and read its reply, no byte more than has come with it.
 * @param read the reply, or undefined as long as it is not whole.
 * @throws UsbIpError when nobody listens or the server does not answer as USB/IP does.
 */
export function askServer<T>(
  address: UsbIpAddress,
  request: Buffer,
  read: (bytes: Buffer) => T | undefined,
): Promise<Answered<T>> {
  const { host, port } = address;
  let received = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    const take = (length: number, chunk: Uint8Array): boolean => {
      received = Buffer.concat([received, chunk.subarray(0, length)]);
      const reply = read(received);
      if (reply === undefined && received.length < REPLY_BYTES_MAX) return true;
      socket.setTimeout(0);
      if (reply === undefined) fail(`found ${received.length} bytes that are no reply of USB/IP`);
      else resolve({ reply, socket });
      // Whatever comes next is the kernel's.
      return false;
    };
    const buffer = Buffer.alloc(CHUNK_BYTES);
    const socket = connect({ host, port, noDelay: true, onread: { buffer, callback: take } });
    const fail = (found: string) => {
      socket.destroy();
      reject(serverError(address, found));
    };
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => fail(`found no answer within ${ANSWER_TIMEOUT_MS} ms`));
    socket.once("error", (error) => fail(`found ${error.message}`));
    socket.once("end", () => fail(`found the connection closed after ${received.length} bytes`));
    socket.write(request);
  });
}

function serverError({ host, port }: UsbIpAddress, found: string): UsbIpError {
  return new UsbIpError(
    `USB/IP server ${host}:${port}: ${found}, expected its answer; start one there with \`cqd serve usbip\` (--host ` +
      "lets other machines in), or give its HOST:PORT",
  );
}
