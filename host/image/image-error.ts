/** An image or key that cannot be made, read or used: what was found, what was expected, what to do. */
export class ImageError extends Error {
  override readonly name = "ImageError";
}
