import * as Paint from "./paints.ts";
import { FLOOR_Y, RIGHT_X } from "./shell.ts";
import { ball, box, frustum, type Solid } from "./solid.ts";

const X = RIGHT_X - 0.18;
const Z = 5.1;
const WIDTH = 1.3;
const DEPTH = 0.34;
const BOARD = 0.03;
const GAP = 0.4;
const BOARDS = 5;

/** A shelf along the right wall with books, a globe and a vase. */
export function shelf(): Solid[] {
  const height = BOARDS * GAP + BOARD;
  const parts: Solid[] = [];
  for (let board = 0; board <= BOARDS; board++) {
    parts.push(box(Paint.WALNUT, [X, FLOOR_Y - board * GAP - BOARD / 2, Z], [DEPTH, BOARD, WIDTH]));
  }
  for (const end of [-1, 1]) {
    parts.push(box(Paint.WALNUT, [X, FLOOR_Y - height / 2, Z + (end * WIDTH) / 2], [DEPTH, height, BOARD]));
  }
  parts.push(...books(1, 0.05, 11), ...books(2, 0.02, 7), ...books(3, 0.06, 12), ...books(4, 0.3, 6));
  parts.push(ball(Paint.GLOBE, [X, boardTop(2) - 0.15, Z + 0.42], 0.13));
  parts.push(frustum(Paint.STEEL, [X, boardTop(2), Z + 0.42], 0.02, 0.08));
  parts.push(frustum(Paint.CERAMIC, [X, boardTop(4), Z - 0.42], 0.24, 0.05, 0.09));
  return parts;
}

function boardTop(board: number): number {
  return FLOOR_Y - board * GAP - BOARD;
}

/** A row of books on a board; sizes follow a fixed pattern so that the row looks used. */
function books(board: number, from: number, count: number): Solid[] {
  const row: Solid[] = [];
  let z = Z - WIDTH / 2 + BOARD + from;
  for (let book = 0; book < count; book++) {
    const mixed = (book * 7 + board * 5) % 11;
    const thick = 0.03 + 0.004 * (mixed % 7);
    const tall = 0.2 + 0.012 * mixed;
    const deep = 0.17 + 0.008 * ((mixed * 3) % 7);
    const at: [number, number, number] = [
      X - DEPTH / 2 + deep / 2 + 0.02,
      boardTop(board) - tall / 2,
      z + thick / 2,
    ];
    row.push(box(Paint.bookPaint(100 * board + book), at, [deep, tall, thick]));
    z += thick + 0.003;
  }
  return row;
}
