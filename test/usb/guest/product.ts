import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/steps/run-command.ts";
import type { GuestFile } from "./cpio.ts";

/** What of the built package the command reads when its device is no simulated one. */
const PARTS: readonly (readonly [folder: string, files: RegExp])[] = [
  ["build/js", /\.js$/],
  ["build/viewer", /\.(html|js|css|json|svg)$/],
  ["hw-profiles", /\.json$/],
  ["node_modules/zod", /^(package\.json|index\.js|v4\/.*\.js)$/],
  ["node_modules/commander", /\.(m?js|json)$/],
  ["node_modules/ws", /\.(m?js|json)$/],
];

/** The command as it is built, and the packages that it loads; none before the first build. */
export function productFiles(): GuestFile[] {
  if (!existsSync(join(root, "build/js/host/cli/main.js"))) return [];
  const paths = PARTS.filter(([folder]) => existsSync(join(root, folder))).flatMap(([folder, files]) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => files.test(path))
      .map((path) => `${folder}/${path}`),
  );
  return [...paths, "package.json"].map((path) => ({
    path: `app/${path}`,
    bytes: readFileSync(join(root, path)),
    isProgram: false,
  }));
}
