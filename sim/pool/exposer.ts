/** Whatever exposes frames: this thread or several. */
export interface Exposer<Job> {
  /** Whether other threads do the work, so that it pays to expose ahead. */
  readonly concurrent: boolean;
  /**
   * Expose one frame into `slot` of the frame store. One job at a time.
   * @throws when a worker has died.
   */
  expose(job: Job, slot: number): Promise<void>;
  close(): Promise<void>;
}
