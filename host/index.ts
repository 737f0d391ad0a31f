/**
 * The library. `openCamera` opens devices by name in Node; `Camera.open` works over any Transport, in the browser too.
 *
 * Exports by room: camera and frames, adaptive gating and exposure, registers, geometry, packets, analysis, design, saving, transports, profiles.
 */

export { type FilmValue, filmMobilityCm2PerVs } from "../hw-profiles/derive/film.ts";
export type {
  DeviceProfile,
  LightSourceProfile,
  MaterialProfile,
  PowerCellProfile,
  SpectrumProfile,
} from "../hw-profiles/device-profile.ts";
export type { DocumentKind } from "../hw-profiles/document-kind.ts";
export * as PixelFlags from "../hw-profiles/interface/pixel-flags.ts";
export {
  type DerivedValue,
  type ExplainedValue,
  explainProfile,
  type ProfileExplanation,
} from "../hw-profiles/load/explain-profile.ts";
export { lintProfile } from "../hw-profiles/load/lint-profile.ts";
export { type ListedDocument, listDocuments } from "../hw-profiles/load/list-documents.ts";
export {
  loadDevice,
  loadLightSource,
  loadMaterial,
  loadPowerCell,
  loadSpectrum,
} from "../hw-profiles/load/load-part.ts";
export {
  type ListedProfile,
  listProfiles,
  loadImagingProfile,
  loadLidarProfile,
  loadProfile,
} from "../hw-profiles/load/load-profile.ts";
export { ProfileError, type ProfileIssue } from "../hw-profiles/resolve/profile-error.ts";
export type { ImagingProfile, LidarProfile, SensorProfile } from "../hw-profiles/sensor-profile.ts";
export {
  type AdaptiveFrame,
  type AdaptiveGatingOptions,
  adaptiveGating,
} from "./adaptive/adaptive-gating.ts";
export { type AutoExposureOptions, autoExposure, type ExposedFrame } from "./adaptive/auto-exposure.ts";
export type { Exposure, ExposureChoice, ExposureGoal } from "./adaptive/exposure-chooser.ts";
export { type FramePlanned, GatePlanner, type PlannerOptions } from "./adaptive/gate-planner.ts";
export type { GatePlan, GateSchedule } from "./adaptive/plan-gates.ts";
export type { PulseBudgetOptions, PulseLimit } from "./adaptive/pulse-budget.ts";
export { readCalibratedProfile } from "./analysis/calibrated-profile.ts";
export type { CalibratedProfile, GateCorrection, GateTimes } from "./analysis/gate-correction.ts";
export { GateModel } from "./analysis/gate-model.ts";
export { type PixelSignal, RangeBound } from "./analysis/range-bound.ts";
export { TruthStatistics, type TruthSummary } from "./analysis/truth-statistics.ts";
export { applyCalibration } from "./calibrate/apply-calibration.ts";
export { CalibrationError } from "./calibrate/calibration-error.ts";
export { calibrationText, parseCalibration } from "./calibrate/calibration-file.ts";
export { type CaptureRequest, captureTarget } from "./calibrate/capture-target.ts";
export { makeCalibration } from "./calibrate/make-calibration.ts";
export { mergeTemperatures } from "./calibrate/merge-temperatures.ts";
export type { TargetCapture } from "./calibrate/target-capture.ts";
export { TargetGeometry } from "./calibrate/target-geometry.ts";
export type { TofCalibration } from "./calibrate/tof-calibration.ts";
export { Camera } from "./camera/camera.ts";
export { CameraError, type CameraErrorCode } from "./camera/camera-error.ts";
export type { CameraInfo, DeviceInfo, ImagingInfo, LidarInfo } from "./camera/camera-info.ts";
export type {
  CameraOptions,
  CameraStatistics,
  FramesOptions,
  StartOptions,
} from "./camera/camera-options.ts";
export type {
  CameraFrame,
  DepthFrame,
  FrameCounters,
  FrameIntegrity,
  ImagingFrame,
  ProbeSamples,
} from "./camera/frame.ts";
export type { RegisterValue } from "./camera/register-codec.ts";
export { RegisterPort } from "./camera/register-port.ts";
export type { LinkEvent, ResumeOptions } from "./camera/resume/resume-options.ts";
export {
  type DesignRequest,
  type DesignResult,
  type PlannedDesign,
  planDesigns,
  predictDesign,
} from "./design/design.ts";
export { DesignError } from "./design/design-error.ts";
export { type Prediction, Predictor, type TargetInLight } from "./design/predict.ts";
export type { VerifiedCell } from "./design/verify/cells.ts";
export { type VerifyOptions, verifyDesign } from "./design/verify/verify.ts";
export type { FirmwareStatus, HistoryEntry, SlotImage, SlotStatus } from "./flash/firmware-status.ts";
export { FirmwareUpdater, type RestartReport, type UpdaterOptions } from "./flash/firmware-updater.ts";
export { FlashError, type FlashErrorCode } from "./flash/flash-error.ts";
export type { FlashOptions, FlashProgress, SentImage } from "./flash/progress.ts";
export { distort, type ImagePoint, undistort } from "./geometry/distortion.ts";
export { FrameMemory } from "./geometry/frame-memory.ts";
export { type RangeImage, toPoints, viewPoints } from "./geometry/points.ts";
export { type RayTable, rayTable } from "./geometry/ray-table.ts";
export { type BoardPolicy, DEVELOPMENT_BOARD } from "./image/board-policy.ts";
export { type DecodedManifest, decodeManifest } from "./image/decode-manifest.ts";
export type { ImageKey } from "./image/image-key.ts";
export type { ImageVersion, Manifest } from "./image/manifest.ts";
export { readPublicKey } from "./image/node/keys.ts";
export { imageFacts, verifyImage } from "./image/node/verify-image.ts";
export { type Refusal, refusalText } from "./image/refusal.ts";
export { findMixed, MIXED_PROBABILITY } from "./mixed/find-mixed.ts";
export { labelMixed } from "./mixed/label-mixed.ts";
export type { MixedInput, MixedPixels } from "./mixed/mixed-image.ts";
export {
  type DeviceEntry,
  listDevices,
  type OpenCameraOptions,
  type OpenedCamera,
  openCamera,
} from "./open-camera.ts";
export { crc32c } from "./packet/crc32c.ts";
export { buildDataReport, type DataReport, parseDataReport } from "./packet/data-report.ts";
export { FrameAssembler, type ReportStatistics } from "./packet/frame-assembler.ts";
export { type Leader, parseLeader } from "./packet/leader.ts";
export { PacketError, type PacketErrorCode } from "./packet/packet-error.ts";
export { type Probe, parseProbe } from "./packet/probe.ts";
export { parseTrailer, type Trailer } from "./packet/trailer.ts";
export { FrameSaver } from "./save/frame-saver.ts";
export { encodeNpy, type NpyArray } from "./save/npy.ts";
export type { BulkPipe } from "./transport/bulk/bulk-pipe.ts";
export { openStream, type StreamInterface, type StreamOptions } from "./transport/bulk/stream-interface.ts";
export { FaultInjector } from "./transport/faults/fault-injector.ts";
export type { DoneFault, FaultCounts, FaultLog } from "./transport/faults/fault-log.ts";
export {
  type FaultKind,
  type FaultPipe,
  type FaultPlace,
  type FaultRule,
  type FaultSpec,
  FaultSpecError,
} from "./transport/faults/fault-spec.ts";
export type { FaultyTransport } from "./transport/faults/faulty-transport.ts";
export { parseFaults } from "./transport/faults/parse-faults.ts";
export { withFaults } from "./transport/faults/with-faults.ts";
export { type ChipDeviation, openTransport, type SimTransportOptions } from "./transport/open-transport.ts";
export type {
  FrameTruth,
  Trace,
  TraceEdge,
  TraceRange,
  TraceRequest,
  TraceSignal,
  TraceSource,
  Transport,
  TruthSource,
} from "./transport/transport.ts";
export { TransportError, type TransportErrorCode } from "./transport/transport-error.ts";
export { allowedWebHid, chooseWebHid, openWebHid, webHidOf } from "./transport/webhid/open-web-hid.ts";
export type { WebHid, WebHidDevice } from "./transport/webhid/web-hid.ts";
