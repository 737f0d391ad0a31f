import { spawn } from "node:child_process";

const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/** Show a URL in the user's browser; without one nothing happens, since the URL is printed anyway. */
export function openBrowser(url: string): void {
  const [command, ...before] = OPENERS[process.platform] ?? ["xdg-open"];
  const child = spawn(command, [...before, url], { detached: true, stdio: "ignore" });
  child.on("error", () => undefined);
  child.unref();
}
