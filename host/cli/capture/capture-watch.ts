/** Progress of a capture, and whether the user has had enough. */
export interface CaptureWatch {
  onProgress(done: number, total: number, what: string): void;
  isCancelled(): boolean;
}
