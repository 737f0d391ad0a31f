// Makes `npx cqd` work in the repository itself: npm links the commands of dependencies, not the package's own.
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = `${root}node_modules/.bin`;
const target = "../../host/cli/cqd.mjs";

if (existsSync(`${root}node_modules`)) {
  mkdirSync(bin, { recursive: true });
  rmSync(`${bin}/cqd`, { force: true });
  chmodSync(`${root}host/cli/cqd.mjs`, 0o755);
  if (process.platform === "win32") {
    writeFileSync(`${bin}/cqd.cmd`, `@node "%~dp0\\${target.replaceAll("/", "\\")}" %*\r\n`);
  } else {
    symlinkSync(target, `${bin}/cqd`);
  }
}
