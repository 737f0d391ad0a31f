import type { TimelineAnswer, TimelineLane, TimelineRequest } from "../../server/timeline-messages.ts";
import { button, element } from "../panel/element.ts";
import type { ViewState } from "../state/view-state.ts";
import { LEFT, TimelinePlot } from "./timeline-plot.ts";

/** The cursor rests for this long before its row is asked for. */
const REST_MS = 80;
const ZOOM = 1.25;
/** Signals in their order on the page; the others are for `cqd trace`. */
const SHOWN = [
  /^frame_valid$/,
  /^reset$/,
  /^row_reset_r\d+$/,
  /^laser_trigger$/,
  /^film_gate$/,
  /^trigger_in$/,
  /^row_select_r\d+$/,
  /^settle$/,
  /^ramp$/,
  /^line_valid$/,
  /^row_group$/,
  /^line_group$/,
];

interface Window {
  readonly from: number;
  readonly to: number;
}

/** Waveforms of the chip around the read of the row under the cursor. */
export class TimelinePanel {
  private readonly state: ViewState;
  private readonly ask: (request: TimelineRequest) => void;
  private readonly stage = element("timeline-stage", HTMLDivElement);
  private readonly canvas = element("timeline", HTMLCanvasElement);
  private readonly plotStage = element("timeline-plot", HTMLDivElement);
  private readonly note = element("timeline-note", HTMLOutputElement);
  private readonly toggle: HTMLButtonElement;
  private readonly plot = new TimelinePlot(this.canvas);
  private answer: TimelineAnswer | undefined;
  /** Chosen by zoom or drag; undefined: what the server finds best. */
  private window: Window | undefined;
  private row: number | undefined;
  private lastId = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private cursorX: number | undefined;

  constructor(state: ViewState, ask: (request: TimelineRequest) => void) {
    this.state = state;
    this.ask = ask;
    this.toggle = button("timeline-toggle", () => this.show(!this.isShown));
    state.cursor.on(() => this.followRow());
    state.pinned.on(() => this.followRow());
    state.model.on(() => this.followRow());
    this.listen();
  }

  get isShown(): boolean {
    return !this.stage.hidden;
  }

  /** What is drawn now. */
  get lanes(): readonly TimelineLane[] {
    return this.answer ? shownLanes(this.answer) : [];
  }

  get shownRow(): number | undefined {
    return this.answer?.row;
  }

  show(on: boolean): void {
    this.stage.hidden = !on;
    this.toggle.setAttribute("aria-pressed", String(on));
    if (on) this.request();
  }

  /** What is not simulated has no waveforms: a line that says so takes less room than an empty plot. */
  offer(hasWaveforms: boolean): void {
    this.plotStage.hidden = !hasWaveforms;
  }

  /** Another device or other settings: waveforms of before do not hold. */
  forget(): void {
    this.answer = undefined;
    this.window = undefined;
    this.row = undefined;
    this.draw();
    this.followRow();
  }

  take(answer: TimelineAnswer): void {
    if (answer.id !== this.lastId) return;
    this.answer = answer.problem === undefined ? answer : undefined;
    this.note.textContent = answer.problem ?? summary(answer);
    this.draw();
  }

  draw(): void {
    if (this.isShown) this.plot.draw(this.answer, this.lanes, this.cursorX);
  }

  /** Sensor row of the pixel under the cursor, of the pinned one, or of the middle. */
  private sensorRow(): number | undefined {
    const { depth, image } = this.state;
    const model = depth ?? image;
    if (!model) return undefined;
    const middle = Math.floor(model.height / 2) * model.width;
    const pixel = this.state.cursor.value ?? this.state.pinned.value ?? middle;
    const line = Math.floor(pixel / model.width);
    if (!image) return line;
    const { binningY, decimationY, offsetY } = image.frame;
    return (offsetY + line) * binningY * decimationY;
  }

  private followRow(): void {
    const row = this.sensorRow();
    if (row === this.row) return;
    this.row = row;
    this.request();
  }

  private request(): void {
    clearTimeout(this.timer);
    if (!this.isShown) return;
    this.timer = setTimeout(() => {
      if (this.row === undefined) return;
      this.lastId++;
      this.ask({ type: "timeline", id: this.lastId, row: this.row, ...this.window });
    }, REST_MS);
  }

  private listen(): void {
    this.canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.offsetX, event.deltaY > 0 ? ZOOM : 1 / ZOOM);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (event.buttons === 1) this.pan(event.movementX);
      this.cursorX = event.offsetX >= LEFT ? event.offsetX : undefined;
      this.draw();
    });
    this.canvas.addEventListener("pointerleave", () => {
      this.cursorX = undefined;
      this.draw();
    });
    this.canvas.addEventListener("dblclick", () => this.reset());
    this.canvas.addEventListener("keydown", (event) => {
      if (event.key === "+" || event.key === "=") this.zoom(undefined, 1 / ZOOM);
      else if (event.key === "-") this.zoom(undefined, ZOOM);
      else if (event.key === "ArrowLeft") this.pan(this.plot.timeWidth / 10);
      else if (event.key === "ArrowRight") this.pan(-this.plot.timeWidth / 10);
      else if (event.key === "Home") this.reset();
      else return;
      event.preventDefault();
    });
  }

  private reset(): void {
    this.window = undefined;
    this.request();
  }

  /** Around the time at `x`, or the middle. */
  private zoom(x: number | undefined, factor: number): void {
    const present = this.answer;
    if (!present) return;
    const share = x === undefined ? 0.5 : (x - LEFT) / this.plot.timeWidth;
    const span = present.to - present.from;
    const at = present.from + share * span;
    this.move({ from: at - share * span * factor, to: at + (1 - share) * span * factor });
  }

  private pan(pixels: number): void {
    const present = this.answer;
    if (!present) return;
    const shift = (-pixels / this.plot.timeWidth) * (present.to - present.from);
    this.move({ from: present.from + shift, to: present.to + shift });
  }

  /** Draw what is known at once, ask for what is not. */
  private move(window: Window): void {
    this.window = window;
    if (this.answer) this.answer = { ...this.answer, ...window };
    this.draw();
    this.request();
  }
}

function shownLanes({ lanes }: TimelineAnswer): TimelineLane[] {
  return SHOWN.flatMap((pattern) => lanes.filter(({ name }) => pattern.test(name)));
}

function summary({ row, selectCycle, clockHz }: TimelineAnswer): string {
  const timeUs = (selectCycle / clockHz) * 1e6;
  return `row ${row} selected at cycle ${selectCycle.toLocaleString("en-US")} = ${timeUs.toFixed(3)} µs`;
}
