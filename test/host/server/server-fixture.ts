import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ViewerServer } from "../../../host/server/viewer-server.ts";
import { FakeSource } from "./fake-device.ts";

export interface Fixture {
  readonly server: ViewerServer;
  readonly source: FakeSource;
  close(): Promise<void>;
}

/** A folder with a page in it, and a secret beside it. */
export function makePage(): string {
  const root = mkdtempSync(join(tmpdir(), "cqd-page-"));
  mkdirSync(join(root, "page", "assets"), { recursive: true });
  writeFileSync(join(root, "page", "index.html"), "<!doctype html><title>page</title>");
  writeFileSync(join(root, "page", "assets", "app.js"), "export {};");
  writeFileSync(join(root, "secret.txt"), "secret");
  return join(root, "page");
}

export async function startServer(port = 0): Promise<Fixture> {
  const pageFolder = makePage();
  const source = new FakeSource();
  const server = new ViewerServer({ source, profileId: "one", sceneId: "scene-0", pageFolder, port });
  await server.start();
  return {
    server,
    source,
    close: async () => {
      await server.close();
      rmSync(join(pageFolder, ".."), { recursive: true });
    },
  };
}
