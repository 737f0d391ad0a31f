// What a line of time of flight is computed from, in one struct: test/bench/native/tof-plan.h reads it from a copy of this
// module's memory, so that its C twin does the same work on the same bytes.
import { setup } from "../setup.ts";
import { counters } from "../stages/classify.ts";
import { mainPole, poles, response, tailPole } from "../stages/response.ts";
import { parameters } from "../views.ts";

@unmanaged
class TofPlan {
  spanNs: f64 = 0;
  templateStepNs: f64 = 0;
  t0MinNs: f64 = 0;
  timeOffsetNs: f64 = 0;
  responseTauNs: f64 = 0;
  detectionSigma: f64 = 0;
  lowSignalSigma: f64 = 0;
  misfitChi2: f64 = 0;
  rangeScale: f64 = 0;
  sigmaScale: f64 = 0;
  amplitudeScale: f64 = 0;
  ambientScale: f64 = 0;
  perNs: f64 = 0;
  originStepNs: f64 = 0;
  lastOrigin: f64 = 0;
  mainTau: f64 = 0;
  tailTau: f64 = 0;
  mainHeight: f32 = 0;
  mainEarlier: f32 = 0;
  mainInverseTau: f32 = 0;
  tailHeight: f32 = 0;
  tailEarlier: f32 = 0;
  tailInverseTau: f32 = 0;
  leak: f32 = 0;
  unit: f32 = 0;
  noiseVarianceE2: f32 = 0;
  gainE16: f32 = 0;
  darkScale: f32 = 0;
  poles: u32 = 0;
  width: u32 = 0;
  gates: u32 = 0;
  paddedGates: u32 = 0;
  templateCount: u32 = 0;
  saturationDn: u32 = 0;
  samples: u32 = 0;
  offsetMap: u32 = 0;
  darkMap: u32 = 0;
  badMap: u32 = 0;
  timeMap: u32 = 0;
  rangeLine: u32 = 0;
  ambientLine: u32 = 0;
  flagsLine: u32 = 0;
  templates: u32 = 0;
  templateScales: u32 = 0;
  edges: u32 = 0;
  counters: u32 = 0;
}

const plan = changetype<TofPlan>(memory.data(offsetof<TofPlan>()));

function describeParameters(): void {
  plan.t0MinNs = f64(parameters.t0MinNs);
  plan.timeOffsetNs = f64(parameters.timeOffsetNs);
  plan.responseTauNs = f64(parameters.responseTauNs);
  plan.detectionSigma = f64(parameters.detectionSigma);
  plan.lowSignalSigma = f64(parameters.lowSignalSigma);
  plan.misfitChi2 = f64(parameters.misfitChi2);
  plan.rangeScale = f64(parameters.rangeScale);
  plan.sigmaScale = f64(parameters.sigmaScale);
  plan.amplitudeScale = f64(parameters.amplitudeScale);
  plan.ambientScale = f64(parameters.ambientScale);
}

function describeResponse(): void {
  plan.perNs = response.perNs;
  plan.originStepNs = response.originStepNs;
  plan.lastOrigin = response.lastOrigin;
  plan.leak = response.leak;
  plan.unit = response.unit;
  plan.poles = u32(poles());
  plan.mainTau = mainPole.tau;
  plan.tailTau = tailPole.tau;
  plan.mainHeight = mainPole.height;
  plan.mainEarlier = mainPole.earlier;
  plan.mainInverseTau = mainPole.inverseTau;
  plan.tailHeight = tailPole.height;
  plan.tailEarlier = tailPole.earlier;
  plan.tailInverseTau = tailPole.inverseTau;
}

function describeNumbers(): void {
  plan.spanNs = setup.spanNs;
  plan.templateStepNs = setup.templateStepNs;
  plan.noiseVarianceE2 = setup.noiseVarianceE2;
  plan.gainE16 = setup.gainE16;
  plan.darkScale = setup.darkScale;
  plan.width = setup.width;
  plan.gates = setup.gates;
  plan.paddedGates = setup.paddedGates;
  plan.templateCount = setup.templateCount;
  plan.saturationDn = setup.saturationDn;
  plan.counters = u32(changetype<usize>(counters));
}

function describeBuffers(): void {
  plan.samples = u32(setup.samples);
  plan.offsetMap = u32(setup.offsetMap);
  plan.darkMap = u32(setup.darkMap);
  plan.badMap = u32(setup.badMap);
  plan.timeMap = u32(setup.timeMap);
  plan.rangeLine = u32(setup.rangeLine);
  plan.ambientLine = u32(setup.ambientLine);
  plan.flagsLine = u32(setup.flagsLine);
  plan.templates = u32(setup.templates);
  plan.templateScales = u32(setup.templateScales);
  plan.edges = u32(setup.edges);
}

/** Address of the plan of the present parameters. */
export function tofPlan(): usize {
  describeParameters();
  describeResponse();
  describeNumbers();
  describeBuffers();
  return changetype<usize>(plan);
}
