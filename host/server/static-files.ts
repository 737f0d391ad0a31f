import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, posix, sep } from "node:path";

export interface StaticFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** Vite names assets after their content, so they never change. */
  readonly immutable: boolean;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
};

/**
 * The built page, read once: URL path to file. Only listed names are served, so no request can walk out of the
 * folder. Throws when the page has not been built.
 */
export function loadStaticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const name of listFiles(folder)) {
    const path = posix.join("/", ...name.split(sep));
    const contentType = CONTENT_TYPES[extname(name)] ?? "application/octet-stream";
    const bytes = readFileSync(join(folder, name));
    files.set(path, { bytes, contentType, immutable: path.startsWith("/assets/") });
  }
  const index = files.get("/index.html");
  if (index === undefined) {
    throw new Error(
      `the viewer's page is missing: expected ${join(folder, "index.html")}; run "npm run build"`,
    );
  }
  files.set("/", index);
  return files;
}

function listFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return names.filter((name) => statSync(join(folder, name)).isFile());
  } catch {
    return [];
  }
}
