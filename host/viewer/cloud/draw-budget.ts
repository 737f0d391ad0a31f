/** Above this a moving view feels torn, ms. */
const SLOW_MS = 45;
const FAST_MS = 25;
const LEAST_SHARE = 0.25;
/** Where a moving view begins when the processor draws; how fast it really is shows while it moves. */
const SOFTWARE_SHARE = 0.4;
const SOFTWARE_RENDERER = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** How many of the points are drawn while the view moves: fewer when drawing is slow, all as soon as it rests. */
export class DrawBudget {
  private moving: number;

  /** `renderer`: what WebGL calls its renderer. */
  constructor(renderer: string) {
    this.moving = SOFTWARE_RENDERER.test(renderer) ? SOFTWARE_SHARE : 1;
  }

  /** Share of points to draw now. */
  share(isMoving: boolean): number {
    return isMoving ? this.moving : 1;
  }

  /** Learn from a drawing of a moving view that took `elapsedMs`. */
  learn(elapsedMs: number): void {
    if (elapsedMs > SLOW_MS) this.moving = Math.max(LEAST_SHARE, this.moving * 0.7);
    else if (elapsedMs < FAST_MS) this.moving = Math.min(1, this.moving * 1.1);
  }
}
