import type { Transport } from "../transport.ts";
import { TransportError } from "../transport-error.ts";
import type { SimTransportOptions } from "./sim-options.ts";
import { openSimTransport, type SimTransport } from "./sim-transport.ts";

/**
 * A simulated board in a socket: its cable can be pulled and plugged in again, and it stays the same board, with its settings,
 * its clock and its frame numbers.
 */
export class BoardSocket {
  /** What a simulated board knows of itself: truth, waveforms. */
  readonly board: SimTransport;
  readonly #links = new Set<SocketLink>();
  #isPlugged = true;

  private constructor(board: SimTransport) {
    this.board = board;
    board.onReport((report) => {
      for (const link of this.#links) link.deliver(report);
    });
    board.onClosed((reason) => this.#endAll(reason));
  }

  /** @throws as openSimTransport() does. */
  static async open(options: SimTransportOptions = {}): Promise<BoardSocket> {
    return new BoardSocket(await openSimTransport(options));
  }

  get isPlugged(): boolean {
    return this.#isPlugged;
  }

  /** One program's opening of the board. @throws TransportError "absent" while the cable is out. */
  connect(): Transport {
    const { name } = this.board;
    if (!this.#isPlugged)
      throw new TransportError(
        "absent",
        `${name}: found its cable pulled, expected it plugged in; plug it in`,
      );
    const link = new SocketLink(this.board, () => this.#leave(link));
    this.#links.add(link);
    return link;
  }

  /** Pull the cable: every program loses the board, and the board its host. */
  unplug(): void {
    this.#isPlugged = false;
    this.#endAll(new TransportError("unplugged", `${this.board.name}: its cable was pulled; plug it in`));
  }

  plug(): void {
    this.#isPlugged = true;
  }

  async close(): Promise<void> {
    await this.board.close();
  }

  #endAll(reason: Error | undefined): void {
    for (const link of [...this.#links]) link.end(reason);
  }

  /** With its last program, the board loses its host. */
  #leave(link: SocketLink): void {
    this.#links.delete(link);
    if (this.#links.size === 0) this.board.disconnect();
  }
}

class SocketLink implements Transport {
  readonly name: string;
  readonly #board: SimTransport;
  readonly #onEnd: () => void;
  readonly #reports: ((report: Uint8Array) => void)[] = [];
  readonly #closed: ((reason: Error | undefined) => void)[] = [];
  #gone: Error | undefined;

  constructor(board: SimTransport, onEnd: () => void) {
    this.name = board.name;
    this.#board = board;
    this.#onEnd = onEnd;
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#reports.push(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#closed.push(listener);
  }

  async sendReport(report: Uint8Array): Promise<void> {
    this.#requireOpen();
    await this.#board.sendReport(report);
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    this.#requireOpen();
    await this.#board.sendFeatureReport(report);
  }

  async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    this.#requireOpen();
    return this.#board.getFeatureReport(reportId, length);
  }

  async close(): Promise<void> {
    this.end(undefined);
  }

  deliver(report: Uint8Array): void {
    for (const listener of this.#reports) listener(report);
  }

  end(reason: Error | undefined): void {
    if (this.#gone !== undefined) return;
    this.#gone = reason ?? new TransportError("unplugged", `${this.name} was closed; open it again`);
    this.#onEnd();
    for (const listener of this.#closed) listener(reason);
  }

  #requireOpen(): void {
    if (this.#gone !== undefined) throw this.#gone;
  }
}
