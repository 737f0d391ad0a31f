/** Frames whose truth can still be asked for. */
const KEPT_FRAMES = 16;

/** What was exposed in the last frames: enough to compute their ground truth again. */
export class FrameLog<Job extends { readonly frame: number }> {
  private readonly jobs = new Map<number, Job>();

  add(job: Job): void {
    this.jobs.set(job.frame, job);
    for (const frame of this.jobs.keys()) {
      if (this.jobs.size <= KEPT_FRAMES) return;
      this.jobs.delete(frame);
    }
  }

  find(frame: number): Job | undefined {
    return this.jobs.get(frame);
  }
}
