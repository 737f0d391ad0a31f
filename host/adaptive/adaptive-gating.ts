import { readCalibratedProfile } from "../analysis/calibrated-profile.ts";
import type { CalibratedProfile } from "../analysis/gate-correction.ts";
import type { Camera } from "../camera/camera.ts";
import { CameraError } from "../camera/camera-error.ts";
import type { DepthFrame } from "../camera/frame.ts";
import { type FramePlanned, GatePlanner, type PlannerOptions } from "./gate-planner.ts";
import { writeGates } from "./gate-registers.ts";

export interface AdaptiveGatingOptions extends PlannerOptions {
  /** End after this many frames; default: until the caller breaks off. */
  readonly count?: number;
  /**
   * Every frame is an acquisition of its own, so that it always has the gates that were planned from the frame before,
   * and a run on a simulated device can be repeated byte for byte. Else frames that are on their way when a plan is
   * written still have the gates before it.
   */
  readonly lockStep?: boolean;
}

/** A frame and the gates that it was taken with. */
export interface AdaptiveFrame {
  readonly frame: DepthFrame;
  readonly plan: FramePlanned;
}

/**
 * Frames of a film-bias LiDAR whose gates follow what it sees: the first frame is taken with uniform gates; from then
 * on a share of the gate planes scans the whole window, and the others stand where the returns that were seen tell most
 * of their time. The device's own readout logic computes the ranges; it is told the gates. Gates and pulses are put back
 * at the end.
 * @throws CameraError for a device whose gates are fixed.
 */
export async function* adaptiveGating(
  camera: Camera,
  options: AdaptiveGatingOptions = {},
): AsyncGenerator<AdaptiveFrame, void, undefined> {
  const profile = await gatedBy(camera);
  const pulsesPerGate = await camera.registers.readNumber("PulsesPerGate");
  const planner = new GatePlanner(profile, pulsesPerGate, options);
  const control = await GateControl.open(camera, planner.uniform);
  try {
    for await (const frame of framesOf(camera, options)) {
      const plan = control.planOf(frame);
      if (plan === control.newest) await control.write(planner.next(frame, plan));
      yield { frame, plan };
    }
  } finally {
    await restore(control, planner.uniform);
  }
}

/** The profile, with what the device is calibrated to. */
async function gatedBy(camera: Camera): Promise<CalibratedProfile> {
  const profile = await camera.profile();
  if (profile.mode === "lidar" && profile.gates.gating === "film-bias")
    return readCalibratedProfile(profile, camera.registers);
  const found = profile.mode === "lidar" ? "gates by swept reset, which are fixed" : "an imager";
  throw new CameraError("state", `${camera.name}: found ${found}, expected a LiDAR with film-bias gates`);
}

async function* framesOf(
  camera: Camera,
  { count = Infinity, lockStep = false }: AdaptiveGatingOptions,
): AsyncGenerator<DepthFrame, void, undefined> {
  if (!lockStep) {
    yield* camera.depthFrames({ count });
    return;
  }
  for (let taken = 0; taken < count; taken++) yield* camera.depthFrames({ count: 1 });
}

/** A device that is gone has nothing to be put back. */
async function restore(control: GateControl, uniform: FramePlanned): Promise<void> {
  try {
    await control.write(uniform);
  } catch (error) {
    if (!(error instanceof CameraError && error.code === "closed")) throw error;
  }
}

/** Writes plans and remembers which frames have which. */
class GateControl {
  readonly #camera: Camera;
  readonly #plans: Planned[];

  private constructor(camera: Camera, first: Planned) {
    this.#camera = camera;
    this.#plans = [first];
  }

  static async open(camera: Camera, plan: FramePlanned): Promise<GateControl> {
    return new GateControl(camera, await written(camera, plan));
  }

  /** As the device made it. */
  get newest(): FramePlanned {
    return this.#plans.at(-1)!.plan;
  }

  async write(plan: FramePlanned): Promise<void> {
    if (plan !== this.newest) this.#plans.push(await written(this.#camera, plan));
  }

  /** Plans of earlier frames are forgotten. */
  planOf({ frameNumber }: DepthFrame): FramePlanned {
    while (this.#plans.length > 1 && this.#plans[1]!.firstFrame <= frameNumber) this.#plans.shift();
    return this.#plans[0]!.plan;
  }
}

interface Planned {
  readonly plan: FramePlanned;
  readonly firstFrame: number;
}

async function written(camera: Camera, plan: FramePlanned): Promise<Planned> {
  const { firstFrame, schedule } = await writeGates(camera.registers, plan);
  return { plan: { ...plan, ...schedule }, firstFrame };
}
