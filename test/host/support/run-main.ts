import { vi } from "vitest";
import { main } from "../../../host/cli/main.ts";

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Run `cqd` in this process, with its output caught. */
export async function cqd(...args: string[]): Promise<Run> {
  const out = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      out[stream] += String(text);
      return true;
    }),
  );
  process.exitCode = 0;
  try {
    await main(args);
    return { code: Number(process.exitCode), ...out };
  } finally {
    process.exitCode = 0;
    for (const spy of spies) spy.mockRestore();
  }
}
