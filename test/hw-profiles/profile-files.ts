import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const root = new URL("../../hw-profiles/", import.meta.url);

type Json = { [key: string]: Json } & { value?: unknown; unit?: string; source?: string };

/** A document of the package, freely changeable. */
export function readPackageDocument(path: string): Json {
  return JSON.parse(readFileSync(new URL(path, root), "utf8")) as Json;
}

/** A folder for changed documents that goes away after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cqd-profiles-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Write the default test sensor after `change`, return its path. */
export function writeChangedSensor(folder: string, change: (sensor: Json) => void): string {
  const sensor = readPackageDocument("sensors/inas-lidar-64x48.json");
  change(sensor);
  const file = join(folder, "changed.json");
  writeFileSync(file, JSON.stringify(sensor));
  return file;
}
