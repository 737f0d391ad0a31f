import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type ServedBus, serveUsbIp } from "../../../host/transport/sim/serve-usbip.ts";
import {
  attachBoard,
  attachedBoards,
  detachBoard,
  listBoards,
  type UsbIpAddress,
} from "../../../host/usbip/attach.ts";
import { deviceListRequest, readDeviceList } from "../../../host/usbip/op-codec.ts";
import { askServer } from "../../../host/usbip/op-request.ts";

/** As the kernel writes it: two ports for high speed, the first one used, and one for USB 3. */
const STATUS = `hub port sta spd dev      sockfd local_busid
hs  0000 006 003 00010002 000003 3-1
hs  0001 004 000 00000000 000000 0-0
ss  0002 004 000 00000000 000000 0-0
`;
const HOST = "127.0.0.1";
const [PORT, DEVICE_ID, SPEED_HIGH] = [1, (1 << 16) | 3, 3];

let bus: ServedBus;
let folder: string;
beforeAll(async () => {
  const simulation = { profile: "inas-lidar-64x48", scene: "wall:range=3", threads: 0 };
  bus = await serveUsbIp({ simulation, count: 2, port: 0, host: HOST, speed: "high" });
});
afterAll(() => bus.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cqd-vhci-"));
  await writeFile(join(folder, "status"), STATUS);
});
afterEach(() => rm(folder, { recursive: true }));

it("lists what the server offers", async () => {
  const boards = await listBoards({ host: HOST, port: bus.port });
  expect(boards).toMatchObject([
    { busId: "1-1", deviceId: (1 << 16) | 2, speed: SPEED_HIGH },
    { busId: "1-2", deviceId: DEVICE_ID, speed: SPEED_HIGH },
  ]);
});

it("gives the connection to the first free port, by its number in the process that writes", async () => {
  await attachBoard({ host: HOST, port: bus.port }, "1-2", { folder, enumerateMs: 0 });
  expect(await readFile(join(folder, "attach"), "utf8")).toBe(`${PORT} 3 ${DEVICE_ID} ${SPEED_HIGH}`);
});

it("reads the reply and leaves the rest to the kernel", async () => {
  const reply = Buffer.alloc(8);
  reply.writeUInt16BE(5, 2);
  let server: Server | undefined;
  const connection = new Promise<Socket>((resolve) => {
    server = createServer(resolve);
  });
  await new Promise<void>((resolve) => server!.listen(0, HOST, resolve));
  const asked = askServer(addressOf(server!), deviceListRequest(), readDeviceList);
  const other = await connection;
  other.on("error", () => undefined);
  other.write(Buffer.concat([reply, Buffer.alloc(4)]));
  const { socket } = await asked;
  await new Promise((resolve) => other.write("what the kernel is to read", resolve));
  // It is there now: turns of the event loop in which it would be read.
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(socket.bytesRead).toBe(12);
  socket.destroy();
  server!.close();
});

it("says which boards there are when one is not", async () => {
  await expect(
    attachBoard({ host: HOST, port: bus.port }, "1-7", { folder, enumerateMs: 0 }),
  ).rejects.toThrow("board 1-7: found no such board on the server, expected one of 1-1, 1-2");
});

it("says what to load without a virtual host controller, before it asks the server", async () => {
  const nowhere = join(folder, "none");
  await expect(attachBoard({ host: HOST, port: 1 }, "1-1", { folder: nowhere })).rejects.toThrow(
    `found no ${nowhere}, expected it; load the kernel's module as root: modprobe vhci-hcd`,
  );
});

it("says so when every port is used", async () => {
  await writeFile(join(folder, "status"), STATUS.replace("0001 004", "0001 006"));
  await expect(attachBoard({ host: HOST, port: bus.port }, "1-1", { folder })).rejects.toThrow(
    "found all of its 3 ports used, expected a free one",
  );
});

it("says so when the kernel enumerates nothing", async () => {
  await expect(
    attachBoard({ host: HOST, port: bus.port }, "1-1", { folder, enumerateMs: 40 }),
  ).rejects.toThrow("port 1: found no device after 40 ms");
});

it("says so when nobody listens, and when it is no USB/IP that does", async () => {
  await expect(listBoards({ host: HOST, port: 1 })).rejects.toThrow(
    /127.0.0.1:1: found connect ECONNREFUSED/,
  );
  const other = await listening((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  await expect(listBoards(addressOf(other))).rejects.toThrow(
    "found the connection closed after 28 bytes, expected its answer",
  );
  other.close();
});

it("detaches a port that is used, and says which ones are otherwise", async () => {
  expect(await attachedBoards(folder)).toMatchObject([{ port: 0, busId: "3-1" }]);
  await detachBoard(0, folder);
  expect(await readFile(join(folder, "detach"), "utf8")).toBe("0");
  await expect(detachBoard(1, folder)).rejects.toThrow(
    "port 1: found nothing attached, expected one of the ports 0",
  );
});

function listening(onConnection: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((socket) => {
      // A client that leaves with bytes unread resets the connection.
      socket.on("error", () => undefined);
      onConnection(socket);
    });
    server.listen(0, HOST, () => resolve(server));
  });
}

function addressOf(server: Server): UsbIpAddress {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("found no address");
  return { host: HOST, port: address.port };
}
