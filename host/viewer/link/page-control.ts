import type { DeviceState, PageMessage } from "../../server/messages.ts";
import { noWaveforms, type TimelineAnswer } from "../../server/timeline-messages.ts";
import type { WebHid } from "../../transport/webhid/web-hid.ts";
import { BoardLink } from "./board-link.ts";
import { ControlLink } from "./control-link.ts";
import type { DeviceSource } from "./device-source.ts";
import { ServerSource } from "./server-source.ts";

export interface PageControlEvents {
  /** `source`: where the device of this state comes from; undefined: there is none. */
  state(state: DeviceState, source: DeviceSource | undefined): void;
  refused(message: string): void;
  timeline(answer: TimelineAnswer): void;
  /** The page has neither server nor board. `wasThere`: it had a server before. */
  alone(wasThere: boolean): void;
}

/** Who says what this page shows and obeys its wishes: the server, or a board that the page opened itself. */
export class PageControl {
  private readonly server: ControlLink;
  private readonly events: PageControlEvents;
  private board: BoardLink | undefined;
  private serverState: DeviceState | undefined;
  private isServed = false;
  private wasServed = false;

  constructor(events: PageControlEvents) {
    this.events = events;
    this.server = new ControlLink({
      connected: () => {
        this.isServed = true;
        this.wasServed = true;
      },
      disconnected: () => this.serverGone(),
      state: (state) => {
        this.serverState = state;
        this.follow();
      },
      refused: (message) => events.refused(message),
      timeline: (answer) => events.timeline(answer),
    });
  }

  get isLinked(): boolean {
    return this.isServed || this.hasBoard;
  }

  get hasBoard(): boolean {
    return this.board !== undefined;
  }

  send(message: PageMessage): void {
    if (this.board === undefined) this.server.send(message);
    else if (message.type === "timeline") this.events.timeline(noWaveforms(message));
    else this.tell(this.board.obey(message));
  }

  /** Let the user choose a board and follow it. Only from within the handler of a click or key. */
  async openBoard(hid: WebHid): Promise<void> {
    const board = await BoardLink.choose(hid, () => this.follow());
    if (board === undefined) return;
    this.board = board;
    this.follow();
  }

  /** Back to the server, if there is one. */
  closeBoard(): void {
    // Whoever waits for the next frame goes on and finds the device closed.
    this.board?.gate.play();
    this.board = undefined;
    this.follow();
  }

  /** @param problem why the board did not obey; undefined: it did. */
  private tell(problem: string | undefined): void {
    if (problem === undefined) this.follow();
    else this.events.refused(problem);
  }

  private follow(): void {
    const { board, serverState } = this;
    if (board !== undefined) {
      this.events.state(board.state, board.source);
    } else if (!this.isServed) {
      this.events.alone(this.wasServed);
    } else if (serverState !== undefined) {
      const source = serverState.profile && new ServerSource(serverState, this.server.clock);
      this.events.state(serverState, source);
    }
  }

  private serverGone(): void {
    const isNews = this.isServed || !this.wasServed;
    this.isServed = false;
    this.serverState = undefined;
    if (isNews && this.board === undefined) this.follow();
  }
}
