/** @throws Error when an image of width x height does not have that many pixels, or none. */
export function checkImageSize(pixels: number, width: number, height: number): void {
  const isSize = Number.isSafeInteger(width) && Number.isSafeInteger(height) && width > 0 && height > 0;
  if (isSize && pixels === width * height) return;
  throw new Error(`found ${pixels} pixels, expected ${width} x ${height} with both at least 1`);
}
