import type { CameraFrame } from "../../camera/frame.ts";
import type { DeviceState, PageMessage, RunMode } from "../../server/messages.ts";
import { button, element, fillSelect } from "./element.ts";

const MODE_PILL: Readonly<Record<RunMode, { text: string; tone: string }>> = {
  playing: { text: "live", tone: "good" },
  stopping: { text: "pausing", tone: "warn" },
  paused: { text: "paused", tone: "warn" },
};

/** Why sensor and scene of a board on USB cannot be chosen. */
const NO_CHOICE =
  "A board on USB has its own sensor and sees what is before it; simulated boards can be chosen.";

/** Header: sensor, scene, play, pause, step, and whether there is a server at all. */
export class Toolbar {
  private readonly send: (message: PageMessage) => void;
  private readonly profile = element("profile", HTMLSelectElement);
  private readonly scene = element("scene", HTMLSelectElement);
  private readonly clock = element("clock", HTMLOutputElement);
  private readonly connection = element("connection", HTMLOutputElement);
  private readonly notice = element("notice", HTMLParagraphElement);
  private readonly play: HTMLButtonElement;
  private readonly step: HTMLButtonElement;
  private mode: RunMode = "playing";
  /** What the line under the header was last set by, as far as it is the state. */
  private told: string | undefined;

  constructor(send: (message: PageMessage) => void) {
    this.send = send;
    this.play = button("play", () => this.togglePlay());
    this.step = button("step", () => this.stepOnce());
    for (const select of [this.profile, this.scene]) {
      select.addEventListener("change", () => this.open());
    }
  }

  togglePlay(): void {
    this.send({ type: this.mode === "playing" ? "pause" : "play" });
  }

  stepOnce(): void {
    this.send({ type: "step" });
  }

  /** The scene before (-1) or after (+1) the present one, around the end. */
  changeScene(by: number): void {
    const { length } = this.scene.options;
    if (length < 2) return;
    this.scene.selectedIndex = (this.scene.selectedIndex + by + length) % length;
    this.open();
  }

  showState(state: DeviceState): void {
    this.mode = state.mode;
    fillSelect(this.profile, state.profiles, state.profileId);
    fillSelect(this.scene, state.scenes, state.sceneId);
    this.play.textContent = state.mode === "playing" ? "Pause" : "Play";
    this.setEnabled(true);
    for (const select of [this.profile, this.scene]) {
      select.disabled = !state.isSimulated;
      select.title = state.isSimulated ? "" : NO_CHOICE;
    }
    const { text, tone } = pillOf(state);
    this.showPill(text, tone);
    this.sayProblem(state);
  }

  showFrame(frame: CameraFrame): void {
    const seconds = frame.timeNs / 1e9;
    this.clock.textContent = `frame ${frame.frameNumber} · ${seconds.toFixed(3)} s`;
  }

  showServerGone(): void {
    this.setEnabled(false);
    this.told = undefined;
    this.showPill("server gone", "bad");
    this.say(
      "The server is gone. The last frame stays; this page connects again as soon as the server is back.",
    );
  }

  showServerMissing(): void {
    this.setEnabled(false);
    this.told = undefined;
    this.showPill("no server", "bad");
    this.say("No server is behind this page. Open a board on USB, or start a server with npx cqd view.");
  }

  /** A line for the user under the header; undefined takes it away. */
  say(text: string | undefined): void {
    this.notice.textContent = text ?? "";
    this.notice.hidden = text === undefined;
  }

  /** What a user was told stays when it is only other pages that come and go. */
  private sayProblem({ epoch, isAway, mode, problem, profile }: DeviceState): void {
    const told = [epoch, isAway, mode, profile?.name, problem].join();
    if (told === this.told) return;
    this.told = told;
    this.say(problem);
  }

  private open(): void {
    this.send({ type: "open", profileId: this.profile.value, sceneId: this.scene.value });
  }

  private setEnabled(enabled: boolean): void {
    for (const control of [this.play, this.step, this.profile, this.scene]) control.disabled = !enabled;
  }

  private showPill(text: string, tone: string): void {
    this.connection.textContent = text;
    this.connection.dataset["tone"] = tone;
  }
}

function pillOf({ isAway, mode, profile }: DeviceState): { readonly text: string; readonly tone: string } {
  if (profile === undefined) return { text: "no device", tone: "bad" };
  return isAway ? { text: "unplugged", tone: "bad" } : MODE_PILL[mode];
}
