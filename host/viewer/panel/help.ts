import { button, element, make } from "./element.ts";
import { SHORTCUTS } from "./shortcuts.ts";

const MOUSE: readonly (readonly [string, string])[] = [
  ["Move", "Read the pixel, in the image and in the cloud"],
  ["Click", "Pin the pixel: its gate samples are plotted"],
  ["Drag", "Turn the cloud"],
  ["Right drag", "Move the cloud (two fingers on a touch screen)"],
  ["Wheel", "Zoom the cloud (pinch on a touch screen)"],
];

/** The sheet of keys and gestures, made from the table that the keyboard uses. */
export class Help {
  private readonly dialog = element("help", HTMLDialogElement);

  constructor() {
    button("help-open", () => this.toggle());
    button("help-close", () => this.dialog.close());
    const body = element("help-body", HTMLDivElement);
    const groups = [...new Set(SHORTCUTS.map(({ group }) => group))];
    for (const group of groups) {
      const keys = SHORTCUTS.filter((shortcut) => shortcut.group === group);
      body.append(
        section(
          group,
          keys.map(({ label, text }) => [label, text] as const),
        ),
      );
    }
    body.append(section("Mouse and touch", MOUSE));
  }

  toggle(): void {
    if (this.dialog.open) this.dialog.close();
    else this.dialog.showModal();
  }
}

function section(title: string, entries: readonly (readonly [string, string])[]): HTMLElement {
  const made = make("section");
  const list = make("dl");
  for (const [key, text] of entries) {
    const term = make("dt");
    term.append(make("kbd", key));
    list.append(term, make("dd", text));
  }
  made.append(make("h3", title), list);
  return made;
}
