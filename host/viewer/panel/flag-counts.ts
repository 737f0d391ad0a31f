import { PIXEL_SEVERAL } from "../../../hw-profiles/interface/pixel-flags.ts";
import { MARKS } from "../image/paint.ts";
import type { FrameModel } from "../state/frame-model.ts";
import { element, make } from "./element.ts";

/** The mark of the bit that means one thing in a picture and another in a depth frame. */
const SHARED = "replaced";

function severalIn(flags: Uint8Array): number {
  let count = 0;
  for (const flag of flags) if ((flag & PIXEL_SEVERAL) !== 0) count++;
  return count;
}

/** How many pixels carry which flag, in the colours of the marks. */
export class FlagCounts {
  private readonly list = element("flag-counts", HTMLUListElement);
  private readonly numbers = new Map<string, { readonly number: Text; readonly label: Text }>();

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
    if (frame.kind === "image") this.put(SHARED, counters.bad, "replaced");
    else this.put(SHARED, severalIn(frame.flags), "several");
  }

  private add(text: string, colour: string | undefined): void {
    const item = make("li");
    const swatch = make("i", "", colour ? "" : "hatched");
    if (colour) swatch.style.setProperty("--swatch", colour);
    const number = document.createTextNode("0");
    const label = document.createTextNode(` ${text}`);
    item.append(swatch, number, label);
    this.list.append(item);
    this.numbers.set(text, { number, label });
  }

  private put(text: string, count: number, called = text): void {
    const shown = this.numbers.get(text);
    if (!shown) return;
    shown.number.data = count.toLocaleString("en-US");
    shown.label.data = ` ${called}`;
  }
}
