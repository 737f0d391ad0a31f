const TILE = 8;

/** Diagonal lines on dark ground: "no value here". Cannot be taken for any colour of a map. */
export function makeHatching(context: CanvasRenderingContext2D): CanvasPattern {
  const tile = document.createElement("canvas");
  tile.width = TILE;
  tile.height = TILE;
  const pen = tile.getContext("2d");
  const pattern = pen && paintTile(pen) && context.createPattern(tile, "repeat");
  if (!pattern) throw new Error("this browser offers no 2D canvas");
  return pattern;
}

function paintTile(pen: CanvasRenderingContext2D): true {
  pen.fillStyle = "#161c24";
  pen.fillRect(0, 0, TILE, TILE);
  pen.strokeStyle = "#4a5563";
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (const shift of [-TILE, 0, TILE]) {
    pen.moveTo(shift - 1, TILE + 1);
    pen.lineTo(shift + TILE + 1, -1);
  }
  pen.stroke();
  return true;
}
