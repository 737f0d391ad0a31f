import {
  Color,
  ColorManagement,
  Group,
  LinearSRGBColorSpace,
  Matrix4,
  PerspectiveCamera,
  Scene,
  WebGLRenderer,
} from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { colouringOf } from "../state/colouring.ts";
import { componentOf } from "../state/components.ts";
import type { ViewState } from "../state/view-state.ts";
import { DrawBudget } from "./draw-budget.ts";
import { Markers } from "./markers.ts";
import { pickPoint } from "./picking.ts";
import { PointCloud } from "./point-cloud.ts";
import { makeReferenceGrid } from "./reference-grid.ts";
import { orbitBy, viewFromAbove, viewFromBehind, zoomBy } from "./views.ts";
import { finishDrawing, rendererName } from "./webgl.ts";

// Colours are shown as the colour map says, the same as in the image: no light, no conversion.
ColorManagement.enabled = false;

/** A view counts as moving until it has rested this long, ms. */
const REST_MS = 250;

/** The point cloud pane. World: x right, y up, z backward; the points keep the camera frame and are turned over. */
export class CloudView {
  /** Points drawn last. */
  shownPoints = 0;
  private readonly canvas: HTMLCanvasElement;
  private readonly state: ViewState;
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(52, 1, 0.02, 400);
  private readonly controls: OrbitControls;
  private readonly cloud = new PointCloud();
  private readonly markers = new Markers();
  private readonly sensorFrame = new Group();
  private readonly budget: DrawBudget;
  private grid: Group | undefined;
  private movedAtMs = Number.NEGATIVE_INFINITY;
  private isStale = true;
  private isFramed = false;

  constructor(canvas: HTMLCanvasElement, state: ViewState, requestDraw: () => void) {
    this.canvas = canvas;
    this.state = state;
    this.renderer = new WebGLRenderer({ canvas, antialias: false, preserveDrawingBuffer: true });
    this.budget = new DrawBudget(rendererName(this.renderer.getContext()));
    this.renderer.outputColorSpace = LinearSRGBColorSpace;
    this.scene.background = new Color(0x0b0e13);
    this.sensorFrame.scale.set(1, -1, -1);
    this.sensorFrame.add(this.cloud.points, this.markers.group);
    this.scene.add(this.sensorFrame);
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.addEventListener("change", () => {
      this.moved();
      requestDraw();
      setTimeout(requestDraw, REST_MS + 20);
    });
    viewFromBehind(this.camera, this.controls, undefined);
    canvas.addEventListener("webglcontextrestored", requestDraw);
  }

  set pointSize(pixels: number) {
    this.cloud.pointSize = pixels * this.renderer.getPixelRatio();
  }

  /** Points of the present frame. */
  get points(): number {
    return this.cloud.size;
  }

  showSensor(profile: LidarProfile, farM: number): void {
    if (this.grid) this.sensorFrame.remove(this.grid);
    this.grid = makeReferenceGrid(profile, farM);
    this.sensorFrame.add(this.grid);
    this.isFramed = false;
  }

  /** The frame or its colours changed. */
  invalidate(): void {
    this.isStale = true;
  }

  resetView(): void {
    viewFromBehind(this.camera, this.controls, this.state.depth);
  }

  viewFromAbove(): void {
    viewFromAbove(this.camera, this.controls, this.state.depth);
  }

  orbit(azimuth: number, polar: number): void {
    orbitBy(this.camera, this.controls, azimuth, polar);
  }

  zoom(factor: number): void {
    zoomBy(this.camera, this.controls, factor);
  }

  draw(nowMs: number): void {
    this.fit();
    const { depth } = this.state;
    if (!this.isFramed && depth) this.frameFirst();
    if (this.isStale) this.fill();
    this.markers.update(depth, this.state);
    const isMoving = nowMs - this.movedAtMs < REST_MS;
    this.shownPoints = this.cloud.showShare(this.budget.share(isMoving));
    const startMs = performance.now();
    this.renderer.render(this.scene, this.camera);
    if (!isMoving) return;
    finishDrawing(this.renderer.getContext());
    this.budget.learn(performance.now() - startMs);
  }

  /** Pixel whose point is under a position of the mouse, CSS pixels relative to the canvas. */
  pixelAt(x: number, y: number): number | undefined {
    const model = this.state.depth;
    if (!model) return undefined;
    const matrix = new Matrix4()
      .multiplyMatrices(this.camera.projectionMatrix, this.camera.matrixWorldInverse)
      .multiply(this.sensorFrame.matrixWorld);
    const size = { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
    return pickPoint(model, matrix, size, x, y);
  }

  /** A new device or scene: a view with all of its points, until the user turns it. That is no movement. */
  private frameFirst(): void {
    this.isFramed = true;
    this.resetView();
    this.movedAtMs = Number.NEGATIVE_INFINITY;
  }

  private moved(): void {
    this.movedAtMs = performance.now();
  }

  private fill(): void {
    this.isStale = false;
    const model = this.state.depth;
    if (!model) {
      this.cloud.clear();
      return;
    }
    const { component, marks } = this.state;
    const values = componentOf(component).values(model.frame);
    this.cloud.update(model, values, colouringOf(this.state, component), marks.value);
  }

  private fit(): void {
    const { clientWidth, clientHeight } = this.canvas;
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const width = Math.max(1, Math.floor(clientWidth * ratio));
    const height = Math.max(1, Math.floor(clientHeight * ratio));
    if (this.canvas.width === width && this.canvas.height === height) return;
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(clientWidth, clientHeight, false);
    this.camera.aspect = clientWidth / Math.max(1, clientHeight);
    this.camera.updateProjectionMatrix();
  }
}
