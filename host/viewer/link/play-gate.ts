import type { RunMode } from "../../server/messages.ts";

/** Play, pause and step of a device that nobody else paces: a frame passes, or waits. */
export class PlayGate {
  private current: RunMode = "playing";
  private steps = 0;
  private wake: (() => void) | undefined;

  get mode(): RunMode {
    return this.current;
  }

  play(): void {
    this.current = "playing";
    this.wake?.();
  }

  pause(): void {
    this.current = "paused";
    this.steps = 0;
  }

  /** One more frame when paused; pauses when playing. */
  step(): void {
    if (this.current === "playing") {
      this.pause();
    } else {
      this.steps++;
      this.wake?.();
    }
  }

  /** Resolves when the next frame may come. */
  async pass(): Promise<void> {
    while (this.current !== "playing" && this.steps === 0) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    this.steps = Math.max(0, this.steps - 1);
  }
}
