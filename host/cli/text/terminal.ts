/** Whether to use colour and live lines: a terminal, and NO_COLOR not set (no-color.org). */
export function usesColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb";
}

export function bold(text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return usesColour(stream) ? `\x1b[1m${text}\x1b[22m` : text;
}

export function dim(text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return usesColour(stream) ? `\x1b[2m${text}\x1b[22m` : text;
}

export function red(text: string, stream: NodeJS.WriteStream = process.stderr): string {
  return usesColour(stream) ? `\x1b[31m${text}\x1b[39m` : text;
}

export function printLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  printLine(JSON.stringify(value, (_key, entry: unknown) => (entry === undefined ? null : entry)));
}

/** One line that is rewritten on a terminal, and not written at all elsewhere. */
export class LiveLine {
  #isShown = false;

  show(text: string): void {
    const { stderr } = process;
    if (!stderr.isTTY) return;
    stderr.write(`\r\x1b[2K${text.slice(0, Math.max(20, stderr.columns - 1))}`);
    this.#isShown = true;
  }

  clear(): void {
    if (this.#isShown) process.stderr.write("\r\x1b[2K");
    this.#isShown = false;
  }
}
