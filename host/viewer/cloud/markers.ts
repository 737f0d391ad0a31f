import {
  BufferAttribute,
  BufferGeometry,
  Group,
  Line,
  LineBasicMaterial,
  Points,
  PointsMaterial,
  type Vector3Tuple,
} from "three";
import type { DepthModel } from "../state/frame-model.ts";
import type { ViewState } from "../state/view-state.ts";

/** Marks at the cursor, the pinned pixel and the measured span; always in front of the points. */
export class Markers {
  readonly group = new Group();
  private readonly cursor = dot(0xffffff, 8);
  private readonly pinned = dot(0x6cb8ff, 8);
  private readonly from = dot(0xffd75e, 8);
  private readonly to = dot(0xffd75e, 8);
  private readonly span: Line<BufferGeometry, LineBasicMaterial>;

  constructor() {
    const material = new LineBasicMaterial({ color: 0xffd75e, depthTest: false });
    this.span = new Line(new BufferGeometry(), material);
    this.span.geometry.setAttribute("position", new BufferAttribute(new Float32Array(6), 3));
    this.span.frustumCulled = false;
    this.group.add(this.span, this.pinned, this.from, this.to, this.cursor);
    this.group.renderOrder = 1;
  }

  update(model: DepthModel | undefined, state: ViewState): void {
    const measured = state.measurement.value;
    place(this.cursor, model, state.cursor.value);
    place(this.pinned, model, state.pinned.value);
    const from = place(this.from, model, measured?.from);
    const to = place(this.to, model, measured?.to);
    this.span.visible = from !== undefined && to !== undefined;
    if (from === undefined || to === undefined) return;
    const ends = this.span.geometry.getAttribute("position") as BufferAttribute;
    ends.setXYZ(0, ...from);
    ends.setXYZ(1, ...to);
    ends.needsUpdate = true;
  }
}

function dot(colour: number, size: number): Points {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(3), 3));
  const material = new PointsMaterial({ color: colour, size, sizeAttenuation: false, depthTest: false });
  const points = new Points(geometry, material);
  points.frustumCulled = false;
  points.visible = false;
  return points;
}

function place(
  marker: Points,
  model: DepthModel | undefined,
  pixel: number | undefined,
): Vector3Tuple | undefined {
  const position = pixel === undefined ? undefined : model?.position(pixel);
  marker.visible = position !== undefined;
  if (!position) return undefined;
  marker.position.set(...position);
  return [...position];
}
