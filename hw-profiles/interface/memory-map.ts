// Linear memory of the readout logic: blocks at fixed addresses, then what configure() lays out.

/** Written by the board before configure(). */
export const PARAM_BLOCK = 0x0200;
/** Written by the board before begin_frame(). */
export const FRAME_BLOCK = 0x0700;
/** Written by the module in configure(): where the board's DMA puts lines and maps. */
export const LAYOUT_BLOCK = 0x0780;
/** Written by the module in every call. */
export const STATUS_BLOCK = 0x07c0;

// Parameter block. f32 unless said otherwise.
export const PARAM_MAGIC = 0; // u32
export const PARAM_ABI = 4; // u32
export const PARAM_LENGTH = 8; // u32, = PARAM_BYTES
export const PARAM_CRC = 12; // u32, CRC-32C of bytes 16 .. PARAM_BYTES
export const PARAM_WIDTH = 16; // u32, columns
export const PARAM_HEIGHT = 20; // u32, rows
export const PARAM_GATES = 24; // u32, K
export const PARAM_ADC_BITS = 28; // u32
export const PARAM_GATING = 32; // u32, GATING_*
export const PARAM_PULSES_PER_GATE = 36; // u32, M
export const PARAM_COMPONENTS = 40; // u32, COMPONENT_*
export const PARAM_RAW_FORMAT = 44; // u32, PIXEL_FORMAT_*
export const PARAM_SATURATION_DN = 48; // u32, codes from here on are saturated
export const PARAM_PROBE_X = 52; // u32, 0xFFFFFFFF = no probe
export const PARAM_PROBE_Y = 56; // u32
export const PARAM_CLOCK_HZ = 60; // u32
export const PARAM_PULSE_WIDTH_NS = 64;
export const PARAM_PULSE_PERIOD_NS = 68;
export const PARAM_RESPONSE_TAU_NS = 72;
export const PARAM_TAIL_FRACTION = 76;
export const PARAM_TAIL_TAU_NS = 80; // > 0 even when the fraction is 0
export const PARAM_EXTINCTION = 84; // fraction collected while the film gate is closed
export const PARAM_GAIN_E_PER_DN = 88;
export const PARAM_RESET_NOISE_E = 92; // rms
export const PARAM_READ_NOISE_E = 96; // rms, without quantisation; the module adds gain^2/12
export const PARAM_T0_MIN_NS = 100; // range window, round-trip time
export const PARAM_T0_MAX_NS = 104;
export const PARAM_TIME_OFFSET_NS = 108; // calibrated: range = c/2 (t0 - offset)
export const PARAM_DETECTION_SIGMA = 112; // amplitude / sigma of the amplitude
export const PARAM_LOW_SIGNAL_SIGMA = 116;
export const PARAM_MISFIT_CHI2 = 120; // chi-square per degree of freedom
export const PARAM_DARK_ACTIVATION_EV = 124;
export const PARAM_DARK_REFERENCE_K = 128; // temperature of the dark map
export const PARAM_RANGE_SCALE = 132; // m per LSB
export const PARAM_SIGMA_SCALE = 136; // m per LSB
export const PARAM_AMPLITUDE_SCALE = 140; // e- per LSB
export const PARAM_AMBIENT_SCALE = 144; // e- per LSB
export const PARAM_DARK_EXPOSURE_SCALE = 148; // dark signal of the present exposure / what the dark map says
export const PARAM_GATE_DELAYS_NS = 160; // f32[MAX_GATES], relative to the laser edge
export const PARAM_GATE_WIDTHS_NS = 416; // f32[MAX_GATES]
// Imaging; the fields of gates, pulses and ranges above mean nothing there, PARAM_GATES counts the reads N.
export const PARAM_MODE = 672; // u32, MODE_*
export const PARAM_READ_MODE = 676; // u32, READ_*
export const PARAM_CORRECTIONS = 680; // u32, CORRECT_*
export const PARAM_INTENSITY_OFFSET = 684; // u32, code of signal zero
export const PARAM_INTENSITY_SCALE = 688; // DN per LSB
export const PARAM_JUMP_CHI2 = 692; // gain in chi-square from which a difference of a ramp is a jump
export const PARAM_EXPOSURE_NS = 696; // u32, reset (ramp: first read) to last read of a line
export const PARAM_OFFSET_X = 700; // u32, output pixels
export const PARAM_OFFSET_Y = 704; // u32
export const PARAM_BINNING = 708; // u32, horizontal | vertical << 8
export const PARAM_DECIMATION = 712; // u32, horizontal | vertical << 8
export const PARAM_FLICKER_RATIO = 716; // variance of the photodiode's 1/f noise / dark charge, e-^2 per e-
// The response undone: code c is c (k1 + c (k2 + c k3)) linear DN; and how much faster than a linear signal its shot
// variance grows, per DN: S (1 + S bend). A straight response: 1, 0, 0, 0.
export const PARAM_LINEAR_1 = 720;
export const PARAM_LINEAR_2 = 724;
export const PARAM_LINEAR_3 = 728;
export const PARAM_SHOT_BEND = 732;
// LiDAR: returns of a pixel.
export const PARAM_RETURNS = 736; // u32, returns to look for, 1 .. RETURNS_MAX
export const PARAM_RETURN_ORDER = 740; // u32, RETURN_*: which return comes first in the line record
export const PARAM_RETURN_CHI2 = 744; // gain in chi-square from which a further return is believed
export const PARAM_BYTES = 748;

/** Most returns of a pixel. */
export const RETURNS_MAX = 3;

/** PARAM_RETURN_ORDER: which return stands in RANGE, SIGMA and AMPLITUDE. The others follow by falling amplitude. */
export const RETURN_STRONGEST = 0;
export const RETURN_FIRST = 1;
export const RETURN_LAST = 2;

/** PARAM_MODE. */
export const MODE_LIDAR = 0;
export const MODE_IMAGING = 1;

/** PARAM_READ_MODE: one read at the end; the end read less the read just after reset; N reads up the ramp. */
export const READ_SINGLE = 0;
export const READ_CDS = 1;
export const READ_RAMP = 2;

/** PARAM_CORRECTIONS. */
export const CORRECT_OFFSET = 0x01;
export const CORRECT_DARK = 0x02;
export const CORRECT_BAD_PIXELS = 0x04;
export const CORRECT_JUMPS = 0x08;
export const CORRECT_ALL = 0x0f;

/** Gate closes when the film bias is removed: a sample integrates from d_k to d_k + w_k. */
export const GATING_FILM_BIAS = 0;
/** Gate opens when reset is released and closes at the read: a sample integrates from d_k to the end. */
export const GATING_SWEPT_RESET = 1;

// Frame block.
export const FRAME_NUMBER = 0; // u32
export const FRAME_TEMPERATURE_MK = 4; // u32, millikelvin
export const FRAME_START_CYCLE = 8; // u64
export const FRAME_END_CYCLE = 16; // u64, written before end_frame()
export const FRAME_DROPPED = 24; // u32
export const FRAME_BYTES = 32;

// Layout block: addresses in the module's memory, valid after configure() returned STATUS_OK.
/** K x W u16, plane-major: all columns of gate 0, then of gate 1, ... Row stride is W samples. */
export const LAYOUT_SAMPLES = 0; // u32
/** W u16: electronic offset, 1/16 DN. */
export const LAYOUT_OFFSET_MAP = 4; // u32
/** W u16: dark signal at the reference temperature and exposure, 1/16 DN; times PARAM_DARK_EXPOSURE_SCALE. */
export const LAYOUT_DARK_MAP = 8; // u32
/** W u8: non-zero = defect. */
export const LAYOUT_BAD_MAP = 12; // u32
/** Finished reports, REPORT_BYTES each; STATUS_REPORT_COUNT of them. */
export const LAYOUT_REPORTS = 16; // u32
export const LAYOUT_REPORT_CAPACITY = 20; // u32, reports
export const LAYOUT_USED_BYTES = 24; // u32, highest address in use + 1
/** LiDAR: W i16, what is taken off the return time of each column, TIME_MAP_NS a LSB. 0 in imaging: no such map. */
export const LAYOUT_TIME_MAP = 28; // u32
export const LAYOUT_BYTES = 32;

/** ns per LSB of the time map, 0.15 mm: exact in f32. */
export const TIME_MAP_NS = 0.0009765625;

// Status block.
export const STATUS_LAST = 0; // u32, status.ts
export const STATUS_REPORT_COUNT = 4; // u32, reports ready after the last call
export const STATUS_DETAIL = 8; // u32, byte offset of the parameter that was refused, else 0
export const STATUS_SEQUENCE = 12; // u32, sequence number of the next report
export const STATUS_BLOCK_BYTES = 16;
