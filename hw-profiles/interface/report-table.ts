// Fields of every report. docs/reports.md is generated from this table.

import * as Rep from "./reports.ts";

export interface FieldEntry {
  readonly name: string;
  readonly offset: number;
  readonly type: "u8" | "u16" | "i16" | "u32" | "u64" | "f32" | "bytes";
  readonly doc: string;
}

export interface LayoutEntry {
  readonly title: string;
  /** Fixed length, or length up to the variable part. */
  readonly bytes: number;
  readonly doc: string;
  readonly fields: readonly FieldEntry[];
}

type FieldType = FieldEntry["type"];

function field(name: string, offset: number, type: FieldType, doc: string): FieldEntry {
  return { name, offset, type, doc };
}

const dataHeader: LayoutEntry = {
  title: "Data report (input)",
  bytes: Rep.DATA_HEADER_BYTES,
  doc: `Header of every data report; the payload follows, then zeros up to ${Rep.REPORT_BYTES} bytes.`,
  fields: [
    field("reportId", Rep.DATA_REPORT_ID, "u8", `${Rep.REPORT_ID_DATA}.`),
    field("payloadKind", Rep.DATA_PAYLOAD_KIND, "u8", "See payload kinds."),
    field(
      "payloadLength",
      Rep.DATA_PAYLOAD_LENGTH,
      "u16",
      `Bytes of payload, at most ${Rep.DATA_PAYLOAD_MAX}.`,
    ),
    field("sequence", Rep.DATA_SEQUENCE, "u32", "+1 for every data report of a session, wraps."),
    field("frame", Rep.DATA_FRAME, "u32", "Frame number."),
    field(
      "offset",
      Rep.DATA_OFFSET,
      "u32",
      "Bytes from the start of this payload kind's stream in this frame.",
    ),
    field("crc", Rep.DATA_CRC, "u32", `CRC-32C of bytes 0 to ${Rep.DATA_CRC - 1} followed by the payload.`),
    field("payload", Rep.DATA_HEADER_BYTES, "bytes", "payloadLength bytes."),
  ],
};

const leader: LayoutEntry = {
  title: "Leader payload",
  bytes: Rep.LEADER_BYTES,
  doc: "First payload of a frame: what is needed to decode the rest.",
  fields: [
    field("frame", Rep.LEADER_FRAME, "u32", "Frame number."),
    field("components", Rep.LEADER_COMPONENTS, "u32", "Bit field of the components that follow."),
    field("startCycle", Rep.LEADER_START_CYCLE, "u64", "ROIC clock at the start of the frame."),
    field("clockHz", Rep.LEADER_CLOCK_HZ, "u32", "ROIC clock frequency."),
    field("width", Rep.LEADER_WIDTH, "u16", "Columns."),
    field("height", Rep.LEADER_HEIGHT, "u16", "Rows."),
    field("gates", Rep.LEADER_GATES, "u16", "Gates K; imaging: reads N."),
    field("rawFormat", Rep.LEADER_RAW_FORMAT, "u16", "PixelFormat of raw lines."),
    field("rangeScale", Rep.LEADER_RANGE_SCALE, "f32", "m per LSB."),
    field("sigmaScale", Rep.LEADER_SIGMA_SCALE, "f32", "m per LSB; imaging: DN per LSB."),
    field("amplitudeScale", Rep.LEADER_AMPLITUDE_SCALE, "f32", "e- per LSB."),
    field("ambientScale", Rep.LEADER_AMBIENT_SCALE, "f32", "e- per LSB."),
    field("temperatureMk", Rep.LEADER_TEMPERATURE_MK, "u32", "Chip temperature, millikelvin."),
    field("droppedFrames", Rep.LEADER_DROPPED_FRAMES, "u32", "Dropped by the device since AcquisitionStart."),
    field("pulsesPerGate", Rep.LEADER_PULSES_PER_GATE, "u32", "Laser pulses M of a gate plane."),
    field("linesBytes", Rep.LEADER_LINES_BYTES, "u32", "Length of the lines stream of this frame."),
    field(
      "rawBytes",
      Rep.LEADER_RAW_BYTES,
      "u32",
      "Length of the raw stream of this frame; in the lossless format its largest possible length.",
    ),
    field("mode", Rep.LEADER_MODE, "u32", "0 LiDAR, 1 imaging. All below is 0 in LiDAR mode."),
    field("readMode", Rep.LEADER_READ_MODE, "u16", "0 single, 1 CDS, 2 ramp."),
    field("intensityOffset", Rep.LEADER_INTENSITY_OFFSET, "u16", "Intensity code of signal zero."),
    field("intensityScale", Rep.LEADER_INTENSITY_SCALE, "f32", "DN per LSB."),
    field(
      "exposureNs",
      Rep.LEADER_EXPOSURE_NS,
      "u32",
      "Exposure of a line: from reset, in a ramp from the first read, to the last read.",
    ),
    field("offsetX", Rep.LEADER_OFFSET_X, "u16", "First column of the region, output pixels."),
    field("offsetY", Rep.LEADER_OFFSET_Y, "u16", "First row of the region, output pixels."),
    field("binningX", Rep.LEADER_BINNING_X, "u8", "Sensor columns of an output column."),
    field("binningY", Rep.LEADER_BINNING_Y, "u8", "Sensor rows of an output row."),
    field("decimationX", Rep.LEADER_DECIMATION_X, "u8", "Every n-th column is read."),
    field("decimationY", Rep.LEADER_DECIMATION_Y, "u8", "Every n-th row is read."),
    field("gainEPerDn", Rep.LEADER_GAIN_E_PER_DN, "f32", "Electrons per DN at the present analog gain."),
  ],
};

const trailer: LayoutEntry = {
  title: "Trailer payload",
  bytes: Rep.TRAILER_BYTES,
  doc: "Last payload of a frame. Counters cover this frame.",
  fields: [
    field("frame", Rep.TRAILER_FRAME, "u32", "Frame number."),
    field("status", Rep.TRAILER_STATUS, "u32", "See status.md."),
    field("endCycle", Rep.TRAILER_END_CYCLE, "u64", "ROIC clock at the end of the frame."),
    field(
      "validPixels",
      Rep.TRAILER_VALID_PIXELS,
      "u32",
      "Pixels with a range; imaging: pixels that are not bad.",
    ),
    field("noReturn", Rep.TRAILER_NO_RETURN, "u32", "Pixels with this flag; so below."),
    field("lowSignal", Rep.TRAILER_LOW_SIGNAL, "u32", ""),
    field("saturated", Rep.TRAILER_SATURATED, "u32", ""),
    field("misfit", Rep.TRAILER_MISFIT, "u32", "Imaging: ramps that a jump was left out of."),
    field("bad", Rep.TRAILER_BAD, "u32", "Imaging: replaced or not."),
    field("window", Rep.TRAILER_WINDOW, "u32", ""),
    field("reports", Rep.TRAILER_REPORTS, "u32", "Data reports of this frame, this one included."),
    field("rawBytes", Rep.TRAILER_RAW_BYTES, "u32", "Length of the raw stream of this frame."),
  ],
};

const probe: LayoutEntry = {
  title: "Probe payload",
  bytes: Rep.PROBE_SAMPLES,
  doc: "Samples of the probe pixel, when one is set: K gates, or N reads in imaging; u16 each.",
  fields: [
    field("x", Rep.PROBE_X, "u16", "Column."),
    field("y", Rep.PROBE_Y, "u16", "Row."),
    field("gates", Rep.PROBE_GATES, "u16", "Gates K; imaging: reads N."),
    field("offset", Rep.PROBE_OFFSET_DN16, "u16", "Electronic offset of this pixel, 1/16 DN."),
    field("dark", Rep.PROBE_DARK_DN16, "u16", "Dark signal at the reference temperature, 1/16 DN."),
    field("darkScale", Rep.PROBE_DARK_SCALE, "f32", "Factor of the dark signal in this frame."),
    field("samples", Rep.PROBE_SAMPLES, "bytes", "K samples, u16, DN."),
  ],
};

const event: LayoutEntry = {
  title: "Event payload",
  bytes: Rep.EVENT_BYTES,
  doc: "The readout logic failed: the frame in progress is not completed, and acquisition has stopped.",
  fields: [
    field("status", Rep.EVENT_STATUS, "u32", "What happened; see status.md."),
    field("frame", Rep.EVENT_FRAME, "u32", "The frame in progress."),
    field("detail", Rep.EVENT_DETAIL, "u32", "Byte offset of the parameter that was refused, else 0."),
  ],
};

const command: LayoutEntry = {
  title: "Command report (output)",
  bytes: Rep.COMMAND_BYTES,
  doc: "From host to device, without a reply. One whose check is wrong grants nothing.",
  fields: [
    field("reportId", Rep.COMMAND_REPORT_ID, "u8", `${Rep.REPORT_ID_COMMAND}.`),
    field("kind", Rep.COMMAND_KIND, "u8", `${Rep.COMMAND_CREDIT}: credit.`),
    field(
      "value",
      Rep.COMMAND_VALUE,
      "u32",
      "Credit: so many more data reports the host can take; 0 says that it is still there.",
    ),
    field("session", Rep.COMMAND_SESSION, "u32", "Token of the sender; without a session 0."),
    field("check", Rep.COMMAND_CHECK, "u32", `CRC-32C of bytes 0 to ${Rep.COMMAND_CHECK - 1}.`),
  ],
};

const register: LayoutEntry = {
  title: "Register report (feature)",
  bytes: Rep.REGISTER_REPORT_BYTES,
  doc:
    "A request is sent, the reply is read back in the same layout. A request whose check is wrong is not served: it comes back " +
    "as it came, with the status BAD_CHECK, so that its check is wrong, too.",
  fields: [
    field("reportId", Rep.REGISTER_REPORT_ID, "u8", `${Rep.REPORT_ID_REGISTER}.`),
    field(
      "operation",
      Rep.REGISTER_OPERATION,
      "u8",
      `${Rep.OPERATION_READ} read, ${Rep.OPERATION_WRITE} write.`,
    ),
    field("address", Rep.REGISTER_ADDRESS, "u16", "See registers.md."),
    field(
      "check",
      Rep.REGISTER_CHECK,
      "u32",
      `CRC-32C of bytes 0 to ${Rep.REGISTER_CHECK - 1} followed by ${Rep.REGISTER_STATUS} to ${Rep.REGISTER_REPORT_BYTES - 1}.`,
    ),
    field("status", Rep.REGISTER_STATUS, "u8", "In the reply; see status.md."),
    field(
      "length",
      Rep.REGISTER_LENGTH,
      "u8",
      `Bytes of data, 4 to ${Rep.REGISTER_DATA_MAX}, a multiple of 4.`,
    ),
    field(
      "tag",
      Rep.REGISTER_TAG,
      "u16",
      "Number of the request in its session: one that arrives again is not served again, its reply is. 0: none.",
    ),
    field("session", Rep.REGISTER_SESSION, "u32", "Token of the sender; without a session 0."),
    field("data", Rep.REGISTER_DATA, "bytes", "Written or read bytes."),
  ],
};

/** Every report and payload with fixed fields. */
export const REPORT_LAYOUTS: readonly LayoutEntry[] = [
  dataHeader,
  leader,
  trailer,
  probe,
  event,
  command,
  register,
];

export interface CodeEntry {
  readonly code: number;
  readonly name: string;
  readonly doc: string;
}

/** Payload kinds, in the order in which a frame sends them; events may come at any time. */
export const PAYLOAD_KINDS: readonly CodeEntry[] = [
  { code: Rep.KIND_LEADER, name: "leader", doc: "Opens a frame." },
  {
    code: Rep.KIND_LINES,
    name: "lines",
    doc: "Rows in order; per row the enabled components one after the other.",
  },
  {
    code: Rep.KIND_RAW,
    name: "raw",
    doc:
      "Rows in order; per row K gate lines (imaging: N read lines) of raw DN, each padded to whole bytes. " +
      "Lossless: see packing.md.",
  },
  { code: Rep.KIND_PROBE, name: "probe", doc: "Samples of the probe pixel." },
  { code: Rep.KIND_TRAILER, name: "trailer", doc: "Closes a frame." },
  { code: Rep.KIND_EVENT, name: "event", doc: "Something the device wants known outside of a frame." },
];

/**
 * Components, in the order in which a row sends them. LiDAR has all but intensity; imaging has sigma, intensity, flags
 * and raw.
 */
export const COMPONENTS: readonly CodeEntry[] = [
  { code: Rep.COMPONENT_RANGE, name: "range", doc: "u16, Scan3dCoordinateScale metres per LSB." },
  {
    code: Rep.COMPONENT_SIGMA,
    name: "sigma",
    doc: "u16, SigmaScale metres (imaging: DN) per LSB, 0xFFFF = larger.",
  },
  { code: Rep.COMPONENT_AMPLITUDE, name: "amplitude", doc: "u16, AmplitudeScale electrons per LSB." },
  {
    code: Rep.COMPONENT_AMBIENT,
    name: "ambient",
    doc: "i16, AmbientScale electrons per LSB and gate plane.",
  },
  {
    code: Rep.COMPONENT_INTENSITY,
    name: "intensity",
    doc: "Imaging: u16, corrected signal = (code - IntensityOffset) IntensityScale DN.",
  },
  {
    code: Rep.COMPONENT_SECOND,
    name: "second",
    doc: "Range, sigma and amplitude of the second return, a line each; amplitude 0: there is none. LiDAR.",
  },
  { code: Rep.COMPONENT_THIRD, name: "third", doc: "The same of the third return. LiDAR." },
  {
    code: Rep.COMPONENT_SPREAD,
    name: "spread",
    doc: "Signed root of the variance of depth inside the pixel (i16), and the root of that variance's sigma (u16), a line each; Scan3dCoordinateScale metres per LSB. LiDAR.",
  },
  { code: Rep.COMPONENT_FLAGS, name: "flags", doc: "u8, pixel flags." },
  { code: Rep.COMPONENT_RAW, name: "raw", doc: "Sends the raw stream." },
];
