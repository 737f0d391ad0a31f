/** The external trigger's two flip-flops, clocked. Written from docs/timing.md. */
export class ClockedTrigger {
  level = 0;
  missedLevel = 0;
  missed = 0;
  private first = 0;
  private second = 0;
  private readonly input: (cycle: number) => number;

  /** @param input level of trigger_in at a clock. */
  constructor(input: (cycle: number) => number) {
    this.input = input;
  }

  /** @returns whether a frame starts at this clock. */
  tick(cycle: number, isIdle: boolean): boolean {
    const rose = this.first === 1 && this.second === 0;
    this.second = this.first;
    this.first = this.level;
    this.level = this.input(cycle);
    this.missedLevel = rose && !isIdle ? 1 : 0;
    this.missed += this.missedLevel;
    return rose && isIdle;
  }
}
