/** Give the user a file. */
export function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Canvases side by side as one PNG, on the page's ground. */
export async function screenshot(canvases: readonly HTMLCanvasElement[]): Promise<Blob> {
  const height = Math.max(...canvases.map((canvas) => canvas.height));
  const width = canvases.reduce((sum, canvas) => sum + canvas.width, 0);
  const sheet = new OffscreenCanvas(width, height);
  const context = sheet.getContext("2d");
  if (!context) throw new Error("this browser offers no 2D canvas");
  context.fillStyle = "#0b0e13";
  context.fillRect(0, 0, width, height);
  let left = 0;
  for (const canvas of canvases) {
    context.drawImage(canvas, left, 0);
    left += canvas.width;
  }
  return sheet.convertToBlob({ type: "image/png" });
}
