import type { OpticsProfile } from "../../../hw-profiles/sensor-profile.ts";
import type { DepthFrame } from "../../camera/frame.ts";
import type { MixedAnswer, MixedQuestion } from "./messages.ts";

/** Labels the mixed pixels of one sensor's frames, one frame after the other, beside the page. */
export class MixedLabeller {
  private readonly optics: OpticsProfile;
  private worker: Worker | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private giveUp: (() => void) | undefined;
  private isClosed = false;

  constructor(optics: OpticsProfile) {
    this.optics = optics;
  }

  /** The frame with its labels, as labelMixed() gives it; itself when it carries no ranges, or after close(). */
  label(frame: DepthFrame): Promise<DepthFrame> {
    if (frame.rangeM.length === 0 || frame.sigmaM.length === 0) return Promise.resolve(frame);
    const labelled = this.last.then(() => this.ask(frame));
    this.last = labelled.catch(() => undefined);
    return labelled;
  }

  close(): void {
    this.isClosed = true;
    this.worker?.terminate();
    this.worker = undefined;
    this.giveUp?.();
  }

  private async ask(frame: DepthFrame): Promise<DepthFrame> {
    if (this.isClosed) return frame;
    this.worker ??= new Worker(new URL("./mixed-worker.ts", import.meta.url), { type: "module" });
    const answer = await this.answerOf(this.worker, questionOf(frame, this.optics));
    if (answer === undefined) return frame;
    if (answer.kind === "failed") throw new Error(answer.reason);
    return { ...frame, flags: answer.mixed.flags, mixed: answer.mixed };
  }

  /** Undefined when nobody waits for it any more. */
  private answerOf(worker: Worker, question: MixedQuestion): Promise<MixedAnswer | undefined> {
    return new Promise((resolve, reject) => {
      this.giveUp = () => resolve(undefined);
      worker.onmessage = ({ data }: MessageEvent<MixedAnswer>) => resolve(data);
      worker.onerror = ({ message }) =>
        reject(new Error(`the search for mixed pixels failed: ${message}; reload the page`));
      worker.postMessage(question);
    });
  }
}

function questionOf(frame: DepthFrame, optics: OpticsProfile): MixedQuestion {
  const { amplitudeE, flags, height, rangeM, sigmaM, spreadM, spreadSigmaM, width } = frame;
  return { image: { amplitudeE, flags, height, rangeM, sigmaM, spreadM, spreadSigmaM, width }, optics };
}
