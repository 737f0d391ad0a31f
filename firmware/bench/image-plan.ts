// What an imaging line is computed from, in one struct: test/bench/native/image-plan.h reads it from a copy of this
// module's memory, so that its C twin does the same work on the same bytes.
import { factors, image } from "../imaging/buffers.ts";
import { setup } from "../setup.ts";
import { counters } from "../stages/classify.ts";
import { imaging } from "../views.ts";

@unmanaged
class ImagePlan {
  width: u32 = 0;
  height: u32 = 0;
  reads: u32 = 0;
  saturationDn: u32 = 0;
  readMode: u32 = 0;
  corrections: u32 = 0;
  offsetMask: u32 = 0;
  intensityOffset: u32 = 0;
  paddedWidth: u32 = 0;
  samples: u32 = 0;
  offsetMap: u32 = 0;
  darkMap: u32 = 0;
  badMap: u32 = 0;
  intensity: u32 = 0;
  sigma: u32 = 0;
  flags: u32 = 0;
  counters: u32 = 0;
  linear1: f32 = 0;
  linear2: f32 = 0;
  linear3: f32 = 0;
  variancePerDn: f32 = 0;
  shotBend: f32 = 0;
  flickerBend: f32 = 0;
  fixedVariance: f32 = 0;
  rateToRatio: f32 = 0;
  ratioBend: f32 = 0;
  mostBend: f32 = 0;
  darkScale: f32 = 0;
  flickerScale: f32 = 0;
  intensityPerDn: f32 = 0;
  sigmaPerDn: f32 = 0;
  intensityBias: f32 = 0;
  intensityScale: f32 = 0;
  jumpLevel: f32 = 0;
  screenLevel: f32 = 0;
  intervals: f32 = 0;
  rampVariance: f32 = 0;
  slopeFactor: f32 = 0;
}

const plan = changetype<ImagePlan>(memory.data(offsetof<ImagePlan>()));

function describeBuffers(): void {
  plan.width = setup.width;
  plan.height = setup.height;
  plan.reads = setup.gates;
  plan.saturationDn = setup.saturationDn;
  plan.readMode = imaging.readMode;
  plan.corrections = imaging.corrections;
  plan.offsetMask = factors.offsetMask;
  plan.intensityOffset = imaging.intensityOffset;
  plan.paddedWidth = u32(image.paddedWidth);
  plan.samples = u32(setup.samples);
  plan.offsetMap = u32(setup.offsetMap);
  plan.darkMap = u32(setup.darkMap);
  plan.badMap = u32(setup.badMap);
  plan.intensity = u32(image.intensity);
  plan.sigma = u32(image.sigma);
  plan.flags = u32(image.flags);
  plan.counters = u32(changetype<usize>(counters));
}

function describeNumbers(): void {
  plan.linear1 = imaging.linear1;
  plan.linear2 = imaging.linear2;
  plan.linear3 = imaging.linear3;
  plan.variancePerDn = factors.variancePerDn;
  plan.shotBend = factors.shotBend;
  plan.flickerBend = factors.flickerBend;
  plan.fixedVariance = factors.fixedVariance;
  plan.rateToRatio = image.rateToRatio;
  plan.ratioBend = image.ratioBend;
  plan.mostBend = image.mostBend;
  plan.darkScale = factors.darkScale;
  plan.flickerScale = factors.flickerScale;
  plan.intensityPerDn = factors.intensityPerDn;
  plan.sigmaPerDn = factors.sigmaPerDn;
  plan.intensityBias = factors.intensityBias;
  plan.intensityScale = imaging.intensityScale;
  plan.jumpLevel = image.jumpLevel;
  plan.screenLevel = image.screenLevel;
  plan.intervals = image.intervals;
  plan.rampVariance = image.rampVariance;
  plan.slopeFactor = image.slopeFactor;
}

/** Address of the plan of the present parameters. */
export function imagePlan(): usize {
  describeBuffers();
  describeNumbers();
  return changetype<usize>(plan);
}
