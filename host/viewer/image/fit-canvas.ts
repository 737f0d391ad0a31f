/** Match a canvas's pixels to its size on the screen. Returns the pixels per CSS pixel. */
export function fitCanvas(canvas: HTMLCanvasElement): number {
  const ratio = Math.min(window.devicePixelRatio || 1, 3);
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  const height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  return ratio;
}

export function context2d(canvas: HTMLCanvasElement | OffscreenCanvas): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser offers no 2D canvas");
  return context as CanvasRenderingContext2D;
}

/** Font of numbers drawn on a canvas. */
export function numberFont(ratio: number): string {
  return `${11 * ratio}px ui-monospace, "SF Mono", "DejaVu Sans Mono", monospace`;
}
