import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** `cqd view` as a user starts it. */
export class ViewerProcess {
  readonly url: string;
  private readonly child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.child = child;
  }

  static async start(...options: string[]): Promise<ViewerProcess> {
    const child = spawn(process.execPath, ["host/cli/cqd.mjs", "view", ...options], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new ViewerProcess(await announcedUrl(child), child);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Ctrl-C; resolves with the exit code. */
  async interrupt(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    this.child.kill("SIGINT");
    const [code] = (await once(this.child, "exit")) as [number | null];
    return code;
  }

  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await once(this.child, "exit");
  }
}

/** Output of a run that is expected to end by itself. */
export async function runToEnd(...options: string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, ["host/cli/cqd.mjs", "view", ...options], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  // Its last words may come after its end.
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stderr };
}

function announcedUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const take = (chunk: Buffer): void => {
      text += chunk.toString();
      const url = /cqd-readout viewer: (http:\/\/127\.0\.0\.1:\d+\/)/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.on("exit", (code) => reject(new Error(`the viewer ended with code ${code}: ${text}`)));
  });
}
