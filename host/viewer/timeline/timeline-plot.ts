import type { TimelineAnswer, TimelineLane } from "../../server/timeline-messages.ts";
import { makeScale, ticks } from "../colour/scale.ts";
import { context2d, fitCanvas, numberFont } from "../image/fit-canvas.ts";

export const LEFT = 116;
const RIGHT = 10;
const TOP = 4;
const BOTTOM = 18;
const NS_PER_S = 1e9;

/** Draws lanes of digital signals over time; times are those from the row's select. */
export class TimelinePlot {
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.context = context2d(canvas);
  }

  /** Width of the part of the canvas that shows time, CSS pixels. */
  get timeWidth(): number {
    return Math.max(1, this.canvas.clientWidth - LEFT - RIGHT);
  }

  /** @param lanes those of the answer that are shown. */
  draw(
    answer: TimelineAnswer | undefined,
    lanes: readonly TimelineLane[],
    cursorX: number | undefined,
  ): void {
    const ratio = fitCanvas(this.canvas);
    const { clientHeight, clientWidth } = this.canvas;
    const { context } = this;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, clientWidth, clientHeight);
    if (!answer || lanes.length === 0) return;
    const laneHeight = (clientHeight - TOP - BOTTOM) / lanes.length;
    this.drawTime(answer, clientHeight);
    lanes.forEach((lane, i) => {
      this.drawLane(lane, answer, TOP + i * laneHeight, laneHeight);
    });
    if (cursorX !== undefined) this.drawCursor(cursorX, clientHeight);
  }

  private x(time: number, { from, to }: TimelineAnswer): number {
    return LEFT + ((time - from) / (to - from)) * this.timeWidth;
  }

  private drawTime(answer: TimelineAnswer, height: number): void {
    const { context } = this;
    const nsPerCycle = NS_PER_S / answer.clockHz;
    const unit = timeUnit((answer.to - answer.from) * nsPerCycle);
    const scale = makeScale("linear", {
      min: (answer.from * nsPerCycle) / unit.ns,
      max: (answer.to * nsPerCycle) / unit.ns,
    });
    context.font = numberFont(1);
    context.textBaseline = "middle";
    context.textAlign = "center";
    for (const value of ticks(scale, Math.max(2, Math.floor(this.timeWidth / 90)))) {
      const x = LEFT + scale.position(value) * this.timeWidth;
      context.fillStyle = "#1f2832";
      context.fillRect(x - 0.5, TOP, 1, height - TOP - BOTTOM);
      context.fillStyle = "#9aa7b6";
      context.fillText(`${Number(value.toPrecision(6))}`, x, height - BOTTOM / 2);
    }
    context.textAlign = "right";
    context.fillText(`${unit.name} from select`, LEFT - 8, height - BOTTOM / 2);
  }

  private drawLane(lane: TimelineLane, answer: TimelineAnswer, top: number, height: number): void {
    const { context } = this;
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.font = "11px system-ui, sans-serif";
    context.fillStyle = "#c3ccd6";
    context.fillText(lane.name, LEFT - 8, top + height / 2);
    if (lane.isDense) this.drawDense(top, height);
    else if (lane.bits === 1) this.drawBit(lane, answer, top, height);
    else this.drawBus(lane, answer, top, height);
  }

  private drawDense(top: number, height: number): void {
    const { context } = this;
    context.fillStyle = "#22303f";
    context.fillRect(LEFT, top + 2, this.timeWidth, height - 4);
    context.fillStyle = "#9aa7b6";
    context.textAlign = "center";
    context.fillText("too many edges to tell apart: zoom in", LEFT + this.timeWidth / 2, top + height / 2);
  }

  private drawBit(lane: TimelineLane, answer: TimelineAnswer, top: number, height: number): void {
    const { context } = this;
    const y = (value: number) => (value === 0 ? top + height - 2.5 : top + 2.5);
    context.strokeStyle = "#6cb8ff";
    context.lineWidth = 1.25;
    context.beginPath();
    context.moveTo(LEFT, y(lane.startValue));
    for (const [x, before, after] of this.steps(lane, answer)) {
      context.lineTo(x, y(before));
      context.lineTo(x, y(after));
    }
    context.lineTo(LEFT + this.timeWidth, y(lastValue(lane)));
    context.stroke();
  }

  /** A number: a box from change to change, with its value where there is room. */
  private drawBus(lane: TimelineLane, answer: TimelineAnswer, top: number, height: number): void {
    const { context } = this;
    let left = LEFT;
    const box = (right: number, value: number): void => {
      context.strokeStyle = "#5b7a99";
      context.lineWidth = 1;
      context.strokeRect(left, top + 2.5, right - left, height - 5);
      const text = String(value);
      context.font = numberFont(0.9);
      if (context.measureText(text).width + 6 < right - left) {
        context.fillStyle = "#dfe5ec";
        context.textAlign = "center";
        context.fillText(text, (left + right) / 2, top + height / 2);
      }
      left = right;
    };
    for (const [x, before] of this.steps(lane, answer)) box(x, before);
    box(LEFT + this.timeWidth, lastValue(lane));
  }

  private *steps(
    lane: TimelineLane,
    answer: TimelineAnswer,
  ): Generator<[x: number, before: number, after: number]> {
    let value = lane.startValue;
    for (let i = 0; i < lane.edges.length; i += 2) {
      const next = lane.edges[i + 1]!;
      yield [this.x(lane.edges[i]!, answer), value, next];
      value = next;
    }
  }

  private drawCursor(x: number, height: number): void {
    const { context } = this;
    context.strokeStyle = "#ffffff";
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, TOP);
    context.lineTo(x, height - BOTTOM);
    context.stroke();
  }
}

function lastValue({ edges, startValue }: TimelineLane): number {
  return edges.at(-1) ?? startValue;
}

function timeUnit(spanNs: number): { readonly name: string; readonly ns: number } {
  if (spanNs >= 2e6) return { name: "ms", ns: 1e6 };
  return spanNs >= 2e3 ? { name: "µs", ns: 1e3 } : { name: "ns", ns: 1 };
}
