import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

/** A memory that a twin holds, by its number. */
export type TwinMemory = number;

/**
 * A program that holds copies of memories, runs named cases on them and times them by its own clock, so that starting it
 * and talking to it are in no figure. The protocol stands in main.c; numpy_twin.py speaks it too.
 */
export class TwinProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #name: string;
  #received: Buffer[] = [];
  #wake: (() => void) | undefined;
  #ended = false;
  #errors = "";

  constructor(command: string, args: readonly string[] = []) {
    this.#name = command;
    this.#child = spawn(command, args, { env: { ...process.env, OPENBLAS_NUM_THREADS: "1" } });
    this.#child.stdout.on("data", (bytes: Buffer) => {
      this.#received.push(bytes);
      this.#wake?.();
    });
    this.#child.stderr.on("data", (bytes: Buffer) => {
      this.#errors += bytes.toString();
    });
    this.#child.on("close", () => {
      this.#ended = true;
      this.#wake?.();
    });
    this.#child.stdin.on("error", () => undefined); // its end says more
  }

  /** Copies a memory into the twin. */
  async open(bytes: Uint8Array): Promise<TwinMemory> {
    this.#child.stdin.write(`open ${bytes.length}\n`);
    this.#child.stdin.write(bytes);
    return Number(await this.#line());
  }

  /** Calls `name` on a memory `count` times, with the plan at address `plan`. Returns ns of all calls. */
  async run(memory: TwinMemory, name: string, plan: number, count: number): Promise<number> {
    this.#child.stdin.write(`run ${memory} ${name} ${plan} ${count}\n`);
    return Number(await this.#line());
  }

  async read(memory: TwinMemory, address: number, bytes: number): Promise<Uint8Array> {
    this.#child.stdin.write(`read ${memory} ${address} ${bytes}\n`);
    await this.#until(() => this.#size() >= bytes);
    return new Uint8Array(this.#take(bytes)); // a buffer of its own
  }

  close(): void {
    this.#child.stdin.end();
  }

  async #line(): Promise<string> {
    await this.#until(() => this.#received.some((part) => part.includes(10)));
    const all = Buffer.concat(this.#received);
    return this.#take(all.indexOf(10) + 1).toString();
  }

  #size(): number {
    return this.#received.reduce((sum, part) => sum + part.length, 0);
  }

  #take(bytes: number): Buffer {
    const all = Buffer.concat(this.#received);
    this.#received = [all.subarray(bytes)];
    return all.subarray(0, bytes);
  }

  async #until(done: () => boolean): Promise<void> {
    while (!done()) {
      if (this.#ended)
        throw new Error(`${this.#name} ended: found "${this.#errors.trim()}", expected an answer`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
