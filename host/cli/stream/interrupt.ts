import { EXIT_INTERRUPTED } from "../exit-codes.ts";

/** Resolves at Ctrl-C. To be called before anything is printed by which others can tell that the program runs. */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => resolve();
    process.once("SIGINT", end);
    process.once("SIGTERM", end);
  });
}

/**
 * Ctrl-C: the first one asks to stop where files are whole, the second one ends the process at once (files that are
 * being written have temporary names).
 */
export class Interrupt {
  #isRequested = false;
  readonly #onRequest: () => void;
  readonly #listener = () => this.#request();

  constructor(onRequest: () => void) {
    this.#onRequest = onRequest;
    process.on("SIGINT", this.#listener);
    process.on("SIGTERM", this.#listener);
  }

  get isRequested(): boolean {
    return this.#isRequested;
  }

  release(): void {
    process.off("SIGINT", this.#listener);
    process.off("SIGTERM", this.#listener);
  }

  #request(): void {
    if (this.#isRequested) process.exit(EXIT_INTERRUPTED);
    this.#isRequested = true;
    this.#onRequest();
  }
}
