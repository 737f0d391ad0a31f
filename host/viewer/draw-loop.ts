/** A hidden page gets no animation frames; it still takes frames from the device at this pace. */
const HIDDEN_MS = 250;

/** Draws at most once per animation frame, and only when something changed. */
export class DrawLoop {
  private readonly draw: (nowMs: number) => void;
  private next: Promise<void> | undefined;

  constructor(draw: (nowMs: number) => void) {
    this.draw = draw;
  }

  /** Draw soon; resolves when it is done. */
  request(): Promise<void> {
    this.next ??= new Promise<void>((resolve) => {
      const run = (): void => {
        if (this.next === undefined) return;
        this.next = undefined;
        cancelAnimationFrame(animation);
        clearTimeout(timer);
        try {
          this.draw(performance.now());
        } finally {
          resolve();
        }
      };
      const animation = requestAnimationFrame(run);
      const timer = setTimeout(run, HIDDEN_MS);
    });
    return this.next;
  }
}
