/** What the vendor interface of an open device offers: its IN endpoint, read without pause. */
export interface BulkPipe {
  /**
   * Keep transfers pending until close(). Call once.
   * @param onTransfer the bytes of each transfer, in order: whole reports, one after the other.
   * @param onFailed once, when no transfer follows.
   */
  start(onTransfer: (bytes: Uint8Array) => void, onFailed: (reason: Error) => void): void;
  close(): Promise<void>;
}
