// The register file and the report layout once more, typed by hand from docs/registers.md and docs/reports.md.
// A constant that is wrong in the contract is wrong everywhere alike; only a second source can tell.

import { describe, expect, it } from "vitest";
import { PIXEL_FLAG_TABLE } from "../../hw-profiles/interface/flag-table.ts";
import { REGISTERS } from "../../hw-profiles/interface/register-table.ts";
import { COMPONENTS, PAYLOAD_KINDS, REPORT_LAYOUTS } from "../../hw-profiles/interface/report-table.ts";
import { STATUS_TABLE } from "../../hw-profiles/interface/status-table.ts";

const registers = `
0000 DeviceMagic ro u32
0004 AbiVersion ro u32
0008 WireVersion ro u32
0020 DeviceVendorName ro string32
0040 DeviceModelName ro string32
0060 DeviceSerialNumber ro string16
0070 DeviceFirmwareVersion ro string16
0100 AcquisitionStart wo u32
0104 AcquisitionStop wo u32
0108 AcquisitionFrameCount rw u32
010c AcquisitionStatus ro u32
0110 SettingsHold rw u32
0114 SettingsFrame ro u32
0120 SessionToken rw u32
0124 SessionActivity ro u32
0128 SessionTakeover wo u32
012c StreamInterface rw u32
0200 SensorWidth ro u32
0204 SensorHeight ro u32
0208 Width rw u32
020c Height rw u32
0210 OffsetX rw u32
0214 OffsetY rw u32
0218 PixelFormat rw u32
021c ComponentEnable rw u32
0220 ProbeX rw u32
0224 ProbeY rw u32
0228 BinningHorizontal rw u32
022c BinningVertical rw u32
0230 DecimationHorizontal rw u32
0234 DecimationVertical rw u32
0238 CorrectionEnable rw u32
0300 GateCount ro u32
0304 PulsesPerGate rw u32
0308 GatingMode ro u32
030c DetectionThreshold rw u32
0310 LowSignalThreshold rw u32
0314 MisfitThreshold rw u32
0318 ExposureTime rw u32
0320 SensorShutterMode rw u32
0324 ReadMode rw u32
0328 ReadCount rw u32
032c JumpThreshold rw u32
0330 TriggerMode rw u32
0334 Mode ro u32
0338 ReturnCount rw u32
033c ReturnOrder rw u32
0340 ReturnThreshold rw u32
0400 GateDelay rw i32x64
0500 GateWidth rw u32x64
0600 DeviceClockFrequency ro u32
0604 RowTime ro u32
0608 GateTime ro u32
060c PlaneReadTime ro u32
0610 FrameTime ro u32
0614 AcquisitionFrameRate rw u32
0618 DeviceTemperature ro i32
061c MinFrameTime ro u32
0620 MissedTriggers ro u32
0700 Scan3dCoordinateScale ro f32
0704 SigmaScale ro f32
0708 AmplitudeScale ro f32
070c AmbientScale ro f32
0710 Gain rw f32
0714 SaturationLevel ro u32
0718 IntensityScale ro f32
071c IntensityOffset ro u32
0720 ElectronsPerDn ro f32
0800 DroppedFrames ro u32
0804 ReportsSent ro u32
0808 LostReports ro u32
0900 LastRefusal ro string192
0a00 ResponseTau rw f32
0a04 ResponseTailFraction rw f32
0a08 ResponseTailTau rw f32
0a0c ResponseActivation rw f32
0a10 ResponseTemperature rw i32
0a14 LaserPulseWidth rw f32
0a18 RangeTimeOffset rw f32
0a1c GateWidthCorrection rw i32
0a20 GateCorrectionStart rw i32
0a24 GateCorrectionStep rw u32
0a28 PixelTimeMapIndex rw u32
0a40 PixelTimeMapData rw u32x12
0b00 GateDelayCorrection rw i32x64
0c00 FlashCommand wo u32
0c04 FlashResult ro u32
0c08 FlashSlot rw u32
0c0c FlashOffset rw u32
0c10 FlashLength rw u32
0c14 FlashWindowCrc ro u32
0c20 FlashDigest ro u32x8
0c40 FlashWindowOffset rw u32
0c44 FlashWindowData wo u32x11
0c80 BootStatus ro u32x20
0cd0 BootCycles ro u32
0cd4 BootCount ro u32
0cd8 FlashProgramUnit ro u32
0cdc FlashHardwareClass ro u32
0ce0 FlashFeatures ro u32
0ce4 FlashMemoryPages ro u32
0ce8 FlashLocked ro u32
0cf0 FlashKeyId ro u32x4
0d00 SlotManifest ro u32x128
0f00 BootHistory ro u32x32
1100 FlashPieceCrc ro u32x47
1200 FlashStory ro u32x64
f000 SimAmbient rw u32
f004 SimTemperature rw i32
f008 SimLight rw u32
f00c SimTriggerPeriod rw u32`;

const layouts = `
Data report (input) 20: 0 u8, 1 u8, 2 u16, 4 u32, 8 u32, 12 u32, 16 u32, 20 bytes
Leader payload 92: 0 u32, 4 u32, 8 u64, 16 u32, 20 u16, 22 u16, 24 u16, 26 u16, 28 f32, 32 f32, 36 f32, 40 f32, 44 u32, 48 u32, 52 u32, 56 u32, 60 u32, 64 u32, 68 u16, 70 u16, 72 f32, 76 u32, 80 u16, 82 u16, 84 u8, 85 u8, 86 u8, 87 u8, 88 f32
Trailer payload 52: 0 u32, 4 u32, 8 u64, 16 u32, 20 u32, 24 u32, 28 u32, 32 u32, 36 u32, 40 u32, 44 u32, 48 u32
Probe payload 16: 0 u16, 2 u16, 4 u16, 6 u16, 8 u16, 12 f32, 16 bytes
Event payload 12: 0 u32, 4 u32, 8 u32
Command report (output) 16: 0 u8, 1 u8, 4 u32, 8 u32, 12 u32
Register report (feature) 64: 0 u8, 1 u8, 2 u16, 4 u32, 8 u8, 9 u8, 10 u16, 12 u32, 16 bytes`;

const codes = `
kind 1 leader
kind 2 lines
kind 3 raw
kind 4 probe
kind 5 trailer
kind 6 event
component 1 range
component 2 sigma
component 4 amplitude
component 8 ambient
component 64 intensity
component 128 second
component 256 third
component 512 spread
component 16 flags
component 32 raw
flag 1 noReturn
flag 2 lowSignal
flag 4 saturated
flag 8 misfit
flag 16 bad
flag 32 window
flag 64 replaced
flag 64 several
flag 128 missing
status 0 OK
status 1 BAD_MAGIC
status 2 BAD_ABI
status 3 BAD_CRC
status 4 LIMIT
status 5 BAD_PARAMETER
status 6 NO_MEMORY
status 7 BAD_STATE
status 8 MORE
status 9 TRAP
status 16 BAD_ADDRESS
status 17 READ_ONLY
status 18 WRITE_ONLY
status 19 OUT_OF_RANGE
status 20 BUSY
status 21 BAD_LENGTH
status 22 BAD_REPORT
status 23 SESSION
status 24 RECOVERY
status 25 BAD_CHECK`;

const lines = (text: string) => text.trim().split("\n");

describe("the contract equals its transcription", () => {
  it("registers", () => {
    const found = REGISTERS.map((entry) => {
      const type = entry.type === "string" ? `string${entry.bytes}` : entry.type;
      const count = entry.count > 1 ? `x${entry.count}` : "";
      return `${entry.address.toString(16).padStart(4, "0")} ${entry.name} ${entry.access} ${type}${count}`;
    });
    expect(found).toEqual(lines(registers));
  });

  it("report layouts", () => {
    const found = REPORT_LAYOUTS.map(({ title, bytes, fields }) => {
      return `${title} ${bytes}: ${fields.map((field) => `${field.offset} ${field.type}`).join(", ")}`;
    });
    expect(found).toEqual(lines(layouts));
  });

  it("payload kinds, components, flags and status codes", () => {
    const found = [
      ...PAYLOAD_KINDS.map((entry) => `kind ${entry.code} ${entry.name}`),
      ...COMPONENTS.map((entry) => `component ${entry.code} ${entry.name}`),
      ...PIXEL_FLAG_TABLE.map((entry) => `flag ${entry.mask} ${entry.key}`),
      ...STATUS_TABLE.map((entry) => `status ${entry.code} ${entry.name}`),
    ];
    expect(found).toEqual(lines(codes));
  });
});
