import { badGlb, type GlbDocument, isObject, listOf, numbers, whole } from "./glb-document.ts";

/** A mesh of the document and the 3 x 4 matrix (rows) that places it. */
export interface PlacedNode {
  readonly mesh: unknown;
  readonly matrix: readonly number[];
}

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];
const MAX_DEPTH = 64;
const MAX_NODES = 100_000;

/** All meshes of the document's scene (or of all nodes, if it has none), placed. Throws SceneError for cycles. */
export function placedMeshes(document: GlbDocument): PlacedNode[] {
  const scenes = listOf(document.member("scenes"));
  const scene = scenes[whole(document.member("scene"), 0)];
  const roots = isObject(scene) ? listOf(scene["nodes"]) : listOf(document.member("nodes")).map((_, i) => i);
  const found: PlacedNode[] = [];
  let visited = 0;
  const visit = (index: unknown, parent: readonly number[], depth: number): void => {
    if (depth > MAX_DEPTH || ++visited > MAX_NODES) {
      throw badGlb(
        document.scene,
        "nodes that contain each other, or too many",
        `a tree of at most ${MAX_NODES} nodes, ${MAX_DEPTH} deep`,
      );
    }
    const node = document.entry("nodes", index);
    const matrix = times(parent, localMatrix(document.scene, node));
    if (node["mesh"] !== undefined) found.push({ mesh: node["mesh"], matrix });
    for (const child of listOf(node["children"])) visit(child, matrix, depth + 1);
  };
  for (const root of roots) visit(root, IDENTITY, 0);
  return found;
}

function localMatrix(scene: string, node: Readonly<Record<string, unknown>>): readonly number[] {
  const columns = numbers(node["matrix"], 16, []);
  if (node["matrix"] !== undefined && columns.length === 0)
    throw badGlb(scene, "a node whose matrix is no 16 numbers", "16 finite numbers, column by column");
  if (columns.length === 16) return IDENTITY.map((_, i) => columns[(i % 4) * 4 + Math.floor(i / 4)]!);
  const [tx, ty, tz] = numbers(node["translation"], 3, [0, 0, 0]);
  const [x, y, z, w] = numbers(node["rotation"], 4, [0, 0, 0, 1]) as [number, number, number, number];
  const [sx, sy, sz] = numbers(node["scale"], 3, [1, 1, 1]) as [number, number, number];
  return [
    (1 - 2 * (y * y + z * z)) * sx,
    2 * (x * y - z * w) * sy,
    2 * (x * z + y * w) * sz,
    tx!,
    2 * (x * y + z * w) * sx,
    (1 - 2 * (x * x + z * z)) * sy,
    2 * (y * z - x * w) * sz,
    ty!,
    2 * (x * z - y * w) * sx,
    2 * (y * z + x * w) * sy,
    (1 - 2 * (x * x + y * y)) * sz,
    tz!,
  ];
}

function times(a: readonly number[], b: readonly number[]): readonly number[] {
  return IDENTITY.map((_, i) => {
    const [row, column] = [Math.floor(i / 4) * 4, i % 4];
    const sum = a[row]! * b[column]! + a[row + 1]! * b[4 + column]! + a[row + 2]! * b[8 + column]!;
    return column === 3 ? sum + a[row + 3]! : sum;
  });
}
