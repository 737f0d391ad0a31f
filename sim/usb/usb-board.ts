/** What the USB device needs of the board behind it. */
export interface UsbBoardPort {
  /** The host can take so many more data reports. */
  grantCredit(reports: number, session: number): void;
  /** STREAM_*: the interface that carries data reports. */
  readonly streamInterface: number;
  /** A data report found the queue full. */
  reportLost(): void;
  /** A register report; its reply can be fetched at once. */
  request(report: Uint8Array): void;
  reply(): Uint8Array;
  /** The host is gone or starts anew: acquisition stops, credit is void. */
  reset(): void;
}
