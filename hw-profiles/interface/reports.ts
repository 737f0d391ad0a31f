// Reports: the packets of the wire. All fields little endian. The same on HID, bulk and in process. Every one carries a
// CRC-32C: in 64 bytes it tells every damage of up to five bits; of other damage it misses one in 2^32.

/** Version of the reports' layouts, in WireVersion; 1 had no check in commands and registers. A mismatch is refused. */
export const WIRE_VERSION = 2;

/** HID report ids. */
export const REPORT_ID_DATA = 0x01;
export const REPORT_ID_COMMAND = 0x02;
export const REPORT_ID_REGISTER = 0x03;

/** Largest report, report id included (high speed). */
export const REPORT_BYTES = 1024;

// Data report (input): header, payload, zero padding up to REPORT_BYTES.
export const DATA_REPORT_ID = 0; // u8
export const DATA_PAYLOAD_KIND = 1; // u8
export const DATA_PAYLOAD_LENGTH = 2; // u16, bytes
export const DATA_SEQUENCE = 4; // u32, +1 for every data report of a session, wraps
export const DATA_FRAME = 8; // u32
export const DATA_OFFSET = 12; // u32, bytes from the start of this payload kind's stream in this frame
export const DATA_CRC = 16; // u32, CRC-32C of bytes 0..15 followed by the payload
export const DATA_HEADER_BYTES = 20;
export const DATA_PAYLOAD_MAX = 1004;

// Payload kinds.
export const KIND_LEADER = 1;
/** Rows in order; per row the enabled components one after the other (see components). */
export const KIND_LINES = 2;
/** Rows in order; per row K gate lines of raw DN, each line in PixelFormat, padded to whole bytes. */
export const KIND_RAW = 3;
/** Gate samples of the probe pixel. */
export const KIND_PROBE = 4;
export const KIND_TRAILER = 5;
/** Something the device wants known outside of a frame. */
export const KIND_EVENT = 6;

// Components of a line record, for every bit set in ComponentEnable: range, sigma, amplitude, ambient, intensity, second,
// third, flags.
export const COMPONENT_RANGE = 0x01; // u16, Scan3dCoordinateScale metres per LSB
export const COMPONENT_SIGMA = 0x02; // u16, SigmaScale metres per LSB, 0xFFFF = larger
export const COMPONENT_AMPLITUDE = 0x04; // u16, AmplitudeScale electrons per LSB (A of one gate plane's pulses)
export const COMPONENT_AMBIENT = 0x08; // i16, AmbientScale electrons per LSB and gate plane
export const COMPONENT_FLAGS = 0x10; // u8, pixel-flags.ts
export const COMPONENT_RAW = 0x20; // sends KIND_RAW
/** Imaging: corrected signal, u16, (code - IntensityOffset) IntensityScale DN. Stands between AMBIENT and FLAGS. */
export const COMPONENT_INTENSITY = 0x40;
/** LiDAR: three u16 lines, range, sigma and amplitude of a further return, as those of the first; amplitude 0 = none. */
export const COMPONENT_SECOND = 0x80;
export const COMPONENT_THIRD = 0x100;
/**
 * LiDAR: i16, signed root of the variance of depth inside the pixel, then u16, root of the sigma of that variance, a line
 * each; Scan3dCoordinateScale metres per LSB. Both 0: no estimate. Between THIRD and FLAGS.
 */
export const COMPONENT_SPREAD = 0x200;
export const COMPONENT_ALL = 0x3ff;
/** What a LiDAR sends at power-on. */
export const COMPONENT_DEPTH = 0x1f;
/** What a mode can send; other bits are refused. In imaging, SIGMA is in SigmaScale DN per LSB. */
export const COMPONENT_LIDAR = 0x3bf;
export const COMPONENT_IMAGING = 0x72;

// PixelFormat: of the raw stream.
export const PIXEL_FORMAT_MONO16 = 1;
export const PIXEL_FORMAT_MONO12P = 2;
/** Every code survives; lines of their own length. docs/packing.md */
export const PIXEL_FORMAT_LOSSLESS = 3;

// PIXEL_FORMAT_LOSSLESS. Each report of the raw stream begins with a head: where the first line that starts in it does.
export const RAW_HEAD_LINE = 0; // u16, row * K + gate
export const RAW_HEAD_START = 2; // u16, byte of the payload; 0: no line starts in this report
export const RAW_HEAD_BYTES = 4;
// First byte of a line.
export const RAW_LINE_PLAIN = 0; // u16 samples as they are
export const RAW_LINE_DIFFERENCE = 1; // residual: sample less reference
export const RAW_LINE_GRADIENT = 2; // residual: change of that from column to column
/** Samples of a block, which share a number of bits. */
export const RAW_BLOCK = 16;
/** Code of 16 bits in the four bits that tell it; others stand for themselves, and there is no 15. */
export const RAW_WIDTH_FULL = 15;

// Leader payload.
export const LEADER_FRAME = 0; // u32
export const LEADER_COMPONENTS = 4; // u32
export const LEADER_START_CYCLE = 8; // u64, ROIC clock
export const LEADER_CLOCK_HZ = 16; // u32
export const LEADER_WIDTH = 20; // u16
export const LEADER_HEIGHT = 22; // u16
export const LEADER_GATES = 24; // u16
export const LEADER_RAW_FORMAT = 26; // u16
export const LEADER_RANGE_SCALE = 28; // f32, m
export const LEADER_SIGMA_SCALE = 32; // f32, m
export const LEADER_AMPLITUDE_SCALE = 36; // f32, e-
export const LEADER_AMBIENT_SCALE = 40; // f32, e-
export const LEADER_TEMPERATURE_MK = 44; // u32, millikelvin
export const LEADER_DROPPED_FRAMES = 48; // u32, by the device since AcquisitionStart
export const LEADER_PULSES_PER_GATE = 52; // u32
export const LEADER_LINES_BYTES = 56; // u32, length of the KIND_LINES stream of this frame
export const LEADER_RAW_BYTES = 60; // u32, length of the KIND_RAW stream; lossless: what it has at most
export const LEADER_MODE = 64; // u32, MODE_* of memory-map.ts; what follows is 0 in LiDAR mode
export const LEADER_READ_MODE = 68; // u16, READ_*
export const LEADER_INTENSITY_OFFSET = 70; // u16, code of signal zero
export const LEADER_INTENSITY_SCALE = 72; // f32, DN per LSB
export const LEADER_EXPOSURE_NS = 76; // u32
export const LEADER_OFFSET_X = 80; // u16, output pixels
export const LEADER_OFFSET_Y = 82; // u16
export const LEADER_BINNING_X = 84; // u8, and so on
export const LEADER_BINNING_Y = 85; // u8
export const LEADER_DECIMATION_X = 86; // u8
export const LEADER_DECIMATION_Y = 87; // u8
export const LEADER_GAIN_E_PER_DN = 88; // f32, e-/DN at the present analog gain
export const LEADER_BYTES = 92;

// Trailer payload. Counters cover this frame.
export const TRAILER_FRAME = 0; // u32
export const TRAILER_STATUS = 4; // u32, status.ts
export const TRAILER_END_CYCLE = 8; // u64
export const TRAILER_VALID_PIXELS = 16; // u32; imaging: pixels that are not bad
export const TRAILER_NO_RETURN = 20; // u32
export const TRAILER_LOW_SIGNAL = 24; // u32
export const TRAILER_SATURATED = 28; // u32
export const TRAILER_MISFIT = 32; // u32; imaging: ramps that a jump was left out of
export const TRAILER_BAD = 36; // u32
export const TRAILER_WINDOW = 40; // u32
export const TRAILER_REPORTS = 44; // u32, reports of this frame, trailer included
export const TRAILER_RAW_BYTES = 48; // u32, length of the KIND_RAW stream of this frame
export const TRAILER_BYTES = 52;

// Probe payload: header, then K (imaging: N) u16 samples in DN.
export const PROBE_X = 0; // u16
export const PROBE_Y = 2; // u16
export const PROBE_GATES = 4; // u16
export const PROBE_OFFSET_DN16 = 6; // u16, electronic offset of this pixel, 1/16 DN
export const PROBE_DARK_DN16 = 8; // u16, dark signal at the reference temperature, 1/16 DN
export const PROBE_DARK_SCALE = 12; // f32, factor of the dark signal at this frame's temperature
export const PROBE_SAMPLES = 16;

// Event payload: the frame that it interrupted is not completed, and acquisition has stopped.
export const EVENT_STATUS = 0; // u32, status.ts
export const EVENT_FRAME = 4; // u32, the frame in progress
export const EVENT_DETAIL = 8; // u32, STATUS_DETAIL of the module
export const EVENT_BYTES = 12;

// Command report (output).
export const COMMAND_REPORT_ID = 0; // u8
export const COMMAND_KIND = 1; // u8
export const COMMAND_VALUE = 4; // u32
export const COMMAND_SESSION = 8; // u32, token of the sender, 0 = none
export const COMMAND_CHECK = 12; // u32, CRC-32C of bytes 0..11
export const COMMAND_BYTES = 16;
/** The host can take VALUE more data reports; 0 says that it is still there. */
export const COMMAND_CREDIT = 1;

// Register report (feature): a request is sent, the reply is read back with the same layout. A request whose check is wrong
// is not served: it comes back as it came, with STATUS_BAD_CHECK. So its check stays wrong, and a host asks again; one that
// speaks version 1 finds that status where it looks for it.
export const REGISTER_REPORT_ID = 0; // u8
export const REGISTER_OPERATION = 1; // u8
export const REGISTER_ADDRESS = 2; // u16
export const REGISTER_CHECK = 4; // u32, CRC-32C of bytes 0..3 followed by 8..63
export const REGISTER_STATUS = 8; // u8, in the reply
export const REGISTER_LENGTH = 9; // u8, bytes
/** u16: the session's number of this request, rising; it is served once, however often it arrives, and never after a later one. 0 = none. */
export const REGISTER_TAG = 10;
export const REGISTER_SESSION = 12; // u32, token of the sender, 0 = none
export const REGISTER_DATA = 16;
export const REGISTER_DATA_MAX = 48;
export const REGISTER_REPORT_BYTES = 64;
export const OPERATION_READ = 1;
export const OPERATION_WRITE = 2;
