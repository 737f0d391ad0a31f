/**
 * All pixels of an image in an order of which every beginning is spread evenly: steps of the golden section. So
 * fewer points are simply the first ones.
 */
export class PixelOrder {
  private order: Uint32Array = new Uint32Array(0);

  of(pixels: number): Uint32Array {
    if (this.order.length !== pixels) this.order = spread(pixels);
    return this.order;
  }
}

function spread(pixels: number): Uint32Array {
  const step = coprimeNear(Math.round(pixels * 0.6180339887), pixels);
  const order = new Uint32Array(pixels);
  for (let i = 0, pixel = 0; i < pixels; i++, pixel = (pixel + step) % pixels) order[i] = pixel;
  return order;
}

function coprimeNear(start: number, pixels: number): number {
  let step = Math.max(1, start);
  while (greatestDivisor(step, pixels) !== 1) step++;
  return step;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
