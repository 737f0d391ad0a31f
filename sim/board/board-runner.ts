import type { Board } from "./board.ts";

/**
 * Lets a board's virtual time pass while the host has credit outstanding and no report waits: what the bus does changes no
 * byte of a frame.
 */
export class BoardRunner {
  readonly #board: Board;
  readonly #onError: (error: Error) => void;
  #running: Promise<void> | undefined;
  #isStopped = false;

  /** @param onError called once the board fails; it does not run on by itself. */
  constructor(board: Board, onError: (error: Error) => void) {
    this.#board = board;
    this.#onError = onError;
  }

  /** To be called whenever the host did something that may let the board go on. */
  run(): void {
    if (this.#running === undefined && !this.#isStopped && this.#board.ready) this.#running = this.#pump();
  }

  /** Resolves when no frame is under way. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /** For good, after the frame that is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.idle();
  }

  /** Started only when the board is ready: it must reach an await before it clears `#running`. */
  async #pump(): Promise<void> {
    try {
      while (!this.#isStopped && this.#board.ready) {
        await this.#board.advance();
        await new Promise((resolve) => setImmediate(resolve));
      }
      this.#running = undefined;
    } catch (error) {
      this.#running = undefined;
      this.#onError(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
