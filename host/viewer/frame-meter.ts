const WINDOW_MS = 2000;

/** Frames per second over the last moments of wall time. */
export class FrameMeter {
  private readonly timesMs: number[] = [];

  count(nowMs: number): void {
    this.timesMs.push(nowMs);
    this.forget(nowMs);
  }

  rate(nowMs: number): number {
    this.forget(nowMs);
    const [first] = this.timesMs;
    const last = this.timesMs.at(-1);
    if (first === undefined || last === undefined || last <= first) return 0;
    return ((this.timesMs.length - 1) / (last - first)) * 1000;
  }

  private forget(nowMs: number): void {
    while (this.timesMs.length > 0 && nowMs - this.timesMs[0]! > WINDOW_MS) this.timesMs.shift();
  }
}
