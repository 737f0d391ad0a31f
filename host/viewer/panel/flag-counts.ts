import { MARKS } from "../image/paint.ts";
import type { FrameModel } from "../state/frame-model.ts";
import { element, make } from "./element.ts";

/** How many pixels carry which flag, in the colours of the marks. */
export class FlagCounts {
  private readonly list = element("flag-counts", HTMLUListElement);
  private readonly numbers = new Map<string, Text>();

  constructor() {
    this.add("invalid", undefined);
    for (const { text, colour } of MARKS) this.add(text, colour);
  }

  show({ frame, validCount, valid }: FrameModel): void {
    const { counters } = frame;
    this.put("invalid", valid.length - validCount);
    this.put("saturated", counters.saturated);
    this.put("misfit", counters.misfit);
    this.put("low signal", counters.lowSignal);
    this.put("window end", counters.window);
    this.put("replaced", frame.kind === "image" ? counters.bad : 0);
  }

  private add(text: string, colour: string | undefined): void {
    const item = make("li");
    const swatch = make("i", "", colour ? "" : "hatched");
    if (colour) swatch.style.setProperty("--swatch", colour);
    const number = document.createTextNode("0");
    item.append(swatch, number, ` ${text}`);
    this.list.append(item);
    this.numbers.set(text, number);
  }

  private put(text: string, count: number): void {
    const number = this.numbers.get(text);
    if (number) number.data = count.toLocaleString("en-US");
  }
}
