type WebGl = WebGLRenderingContext | WebGL2RenderingContext;

/** What draws, as the browser names it; empty when it does not say. */
export function rendererName(gl: WebGl): string {
  const extension = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER) ?? "");
}

/** Wait until all is drawn: only reading a pixel back does, the drawing calls return at once. */
export function finishDrawing(gl: WebGl): void {
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, PIXEL);
}

const PIXEL = new Uint8Array(4);
