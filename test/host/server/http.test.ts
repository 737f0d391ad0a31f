import { createServer, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { DEFAULT_PORT, LOOPBACK, PortTakenError } from "../../../host/server/listen.ts";
import { loadStaticFiles } from "../../../host/server/static-files.ts";
import { ViewerServer } from "../../../host/server/viewer-server.ts";
import { FakeSource } from "./fake-device.ts";
import { ControlClient, until } from "./page-client.ts";
import { type Fixture, makePage, startServer } from "./server-fixture.ts";

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Record<string, unknown>;
}

/** The path goes out as it is: no client tidies it. */
function get(
  fixture: Fixture,
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<Answer> {
  const port = Number(new URL(fixture.server.url).port);
  return new Promise((resolve, reject) => {
    const sent = request({ host: LOOPBACK, port, path, headers, method }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
      );
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** Undefined when the upgrade is taken, else the status it is refused with. */
function upgrade(
  fixture: Fixture,
  path: string,
  headers: Record<string, string>,
): Promise<number | undefined> {
  const socket = new WebSocket(`${fixture.server.url.replace("http", "ws")}${path}`, { headers });
  return new Promise((resolve) => {
    socket.on("open", () => {
      socket.terminate();
      resolve(undefined);
    });
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
    socket.on("error", () => undefined);
  });
}

describe("viewer server over HTTP", () => {
  let fixture: Fixture;
  beforeEach(async () => {
    fixture = await startServer();
  });
  afterEach(() => fixture.close());

  it("serves the page with a policy that forbids inline and foreign code", async () => {
    const { status, body, headers } = await get(fixture, "/");
    const policy = String(headers["content-security-policy"]);
    expect(status).toBe(200);
    expect(body).toContain("<title>page</title>");
    expect(policy).toContain("default-src 'none'");
    // WebAssembly compiles; nothing else that is called unsafe.
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy.replace("'wasm-unsafe-eval'", "")).not.toContain("unsafe");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    // Boards on USB, for this page; nothing else of the machine.
    expect(String(headers["permissions-policy"])).toMatch(/^hid=\(self\), usb=\(\), .*camera=\(\)/);
  });

  it.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/assets/../../secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "//secret.txt",
    "/index.html/../../secret.txt",
    "/assets",
    "/\u0000",
  ])("does not serve %j", async (path) => {
    const answer = await get(fixture, encodeURI(path).replaceAll("%25", "%"));
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain("secret");
  });

  it("refuses a Host header of another name", async () => {
    const answer = await get(fixture, "/", { host: "attacker.example" });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatch(/found|names "attacker.example", expected 127\.0\.0\.1/);
  });

  it("refuses another site's Origin and methods that write", async () => {
    expect((await get(fixture, "/", { origin: "http://attacker.example" })).status).toBe(403);
    expect((await get(fixture, "/", {}, "POST")).status).toBe(405);
  });

  it("takes sockets of its own page alone", async () => {
    const own = new URL(fixture.server.url).origin;
    expect(await upgrade(fixture, "control", { origin: own })).toBeUndefined();
    expect(await upgrade(fixture, "control", { origin: "http://attacker.example" })).toBe(403);
    expect(await upgrade(fixture, "device", { origin: "null" })).toBe(403);
    expect(await upgrade(fixture, "device", {})).toBe(403);
    expect(await upgrade(fixture, "device", { origin: own, host: "attacker.example" })).toBe(403);
    expect(await upgrade(fixture, "elsewhere", { origin: own })).toBe(404);
  });

  it("says that an explicitly chosen port is taken", async () => {
    const port = Number(new URL(fixture.server.url).port);
    const second = startServer(port);
    await expect(second).rejects.toThrow(PortTakenError);
    await expect(second).rejects.toThrow(`port ${port} is taken`);
  });

  it("outlives whoever is refused a socket and goes away at once", async () => {
    const { host, port } = new URL(fixture.server.url);
    const socket = connect(Number(port), LOOPBACK);
    socket.write(
      `GET /control HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once("data", resolve));
    socket.resetAndDestroy();
    expect((await get(fixture, "/")).status).toBe(200);
  });
});

describe("port of the viewer", () => {
  it("is any free one when the usual one is taken", async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => {
      // Somebody else may have it already, which serves as well.
      squatter.on("error", () => resolve());
      squatter.listen(DEFAULT_PORT, LOOPBACK, () => resolve());
    });
    const server = new ViewerServer({
      source: new FakeSource(),
      profileId: "one",
      sceneId: "scene-0",
      pageFolder: makePage(),
    });
    await server.start();
    const port = Number(new URL(server.url).port);
    await server.close();
    squatter.close();
    expect(port).not.toBe(DEFAULT_PORT);
    expect(port).toBeGreaterThan(0);
  });

  it("serves pages before the device is open; their wishes come after that", async () => {
    const source = new FakeSource();
    let open: () => void = () => undefined;
    source.ready = new Promise((resolve) => {
      open = resolve;
    });
    const options = { source, profileId: "one", sceneId: "scene-0", pageFolder: makePage(), port: 0 };
    const server = new ViewerServer(options);
    const started = server.start();
    await until(() => source.opened.length === 1);
    const control = await ControlClient.open(server.url);
    control.send({ type: "play" });
    control.send({ type: "ping", id: 1 });
    await until(() => control.messages.some(({ type }) => type === "pong"));
    open();
    await started;
    await until(() => control.state.epoch === 2 && control.state.profile !== undefined);
    expect(source.devices.map(({ closed }) => closed)).toEqual([true, false]);
    await server.close();
    expect(source.device.closed).toBe(true);
  });

  it("is let go when the device cannot be opened", async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, LOOPBACK, () => resolve()));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    const options = { source: new FakeSource(), profileId: "one", pageFolder: makePage(), port };
    await expect(new ViewerServer({ ...options, sceneId: "scene-1" }).start()).rejects.toThrow(
      "scene is broken",
    );
    const second = new ViewerServer({ ...options, sceneId: "scene-0" });
    await second.start();
    await second.close();
  });
});

describe("page files", () => {
  it("says what to do when the page was not built", () => {
    expect(() => loadStaticFiles(join(makePage(), "nowhere"))).toThrow('run "npm run build"');
  });
});
