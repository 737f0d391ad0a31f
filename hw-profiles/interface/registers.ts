// Register addresses and bit fields. 32-bit little-endian registers on multiples of 4; strings are byte arrays.
// Meaning, units, access and limits stand in register-table.ts, from which docs/registers.md is generated.

export const REG_DEVICE_MAGIC = 0x0000;
export const REG_ABI_VERSION = 0x0004;
export const REG_WIRE_VERSION = 0x0008;
export const REG_DEVICE_VENDOR_NAME = 0x0020; // 32 bytes
export const REG_DEVICE_MODEL_NAME = 0x0040; // 32 bytes
export const REG_DEVICE_SERIAL_NUMBER = 0x0060; // 16 bytes
export const REG_DEVICE_FIRMWARE_VERSION = 0x0070; // 16 bytes
export const STRING_BYTES_LONG = 32;
export const STRING_BYTES_SHORT = 16;

export const REG_ACQUISITION_START = 0x0100;
export const REG_ACQUISITION_STOP = 0x0104;
export const REG_ACQUISITION_FRAME_COUNT = 0x0108;
export const REG_ACQUISITION_STATUS = 0x010c;
export const REG_SETTINGS_HOLD = 0x0110; // 1: settings that are written wait
export const REG_SETTINGS_FRAME = 0x0114;
export const REG_SESSION_TOKEN = 0x0120; // 0: the device is free
export const REG_SESSION_ACTIVITY = 0x0124;
export const REG_SESSION_TAKEOVER = 0x0128;
export const REG_STREAM_INTERFACE = 0x012c; // STREAM_*
export const STREAM_HID = 0;
export const STREAM_BULK = 1;
export const ACQUISITION_ACTIVE = 0x0001;
export const ACQUISITION_FIFO_WAITING = 0x0002;

export const REG_SENSOR_WIDTH = 0x0200;
export const REG_SENSOR_HEIGHT = 0x0204;
export const REG_WIDTH = 0x0208;
export const REG_HEIGHT = 0x020c;
export const REG_OFFSET_X = 0x0210;
export const REG_OFFSET_Y = 0x0214;
export const REG_PIXEL_FORMAT = 0x0218;
export const REG_COMPONENT_ENABLE = 0x021c;
export const REG_PROBE_X = 0x0220;
export const REG_PROBE_Y = 0x0224;
export const REG_BINNING_HORIZONTAL = 0x0228;
export const REG_BINNING_VERTICAL = 0x022c;
export const REG_DECIMATION_HORIZONTAL = 0x0230;
export const REG_DECIMATION_VERTICAL = 0x0234;
export const REG_CORRECTION_ENABLE = 0x0238; // CORRECT_* of memory-map.ts
export const PROBE_OFF = 0xffffffff;

export const REG_GATE_COUNT = 0x0300;
export const REG_PULSES_PER_GATE = 0x0304;
export const REG_GATING_MODE = 0x0308;
export const REG_DETECTION_THRESHOLD = 0x030c;
export const REG_LOW_SIGNAL_THRESHOLD = 0x0310;
export const REG_MISFIT_THRESHOLD = 0x0314;
export const REG_EXPOSURE_TIME = 0x0318;
export const REG_SENSOR_SHUTTER_MODE = 0x0320;
export const SHUTTER_ROLLING = 0;
export const SHUTTER_GLOBAL = 1;
export const SHUTTER_GLOBAL_RESET = 2;
export const REG_READ_MODE = 0x0324; // READ_* of memory-map.ts
export const REG_READ_COUNT = 0x0328;
export const REG_JUMP_THRESHOLD = 0x032c;
export const REG_TRIGGER_MODE = 0x0330; // 0 off, 1 external trigger
export const REG_MODE = 0x0334; // MODE_* of memory-map.ts
export const REG_RETURN_COUNT = 0x0338;
export const REG_RETURN_ORDER = 0x033c; // RETURN_* of memory-map.ts
export const REG_RETURN_THRESHOLD = 0x0340;
export const REG_GATE_DELAY = 0x0400; // i32 x MAX_GATES, picoseconds after the laser edge
export const REG_GATE_WIDTH = 0x0500; // u32 x MAX_GATES, picoseconds

export const REG_DEVICE_CLOCK_FREQUENCY = 0x0600;
export const REG_ROW_TIME = 0x0604;
export const REG_GATE_TIME = 0x0608;
export const REG_PLANE_READ_TIME = 0x060c;
export const REG_FRAME_TIME = 0x0610;
export const REG_ACQUISITION_FRAME_RATE = 0x0614;
export const REG_DEVICE_TEMPERATURE = 0x0618;
export const REG_MIN_FRAME_TIME = 0x061c;
export const REG_MISSED_TRIGGERS = 0x0620;

export const REG_SCAN3D_COORDINATE_SCALE = 0x0700;
export const REG_SIGMA_SCALE = 0x0704;
export const REG_AMPLITUDE_SCALE = 0x0708;
export const REG_AMBIENT_SCALE = 0x070c;
export const REG_GAIN = 0x0710;
export const REG_SATURATION_LEVEL = 0x0714;
export const REG_INTENSITY_SCALE = 0x0718;
export const REG_INTENSITY_OFFSET = 0x071c;
export const REG_ELECTRONS_PER_DN = 0x0720;

export const REG_DROPPED_FRAMES = 0x0800;
export const REG_REPORTS_SENT = 0x0804;
export const REG_LOST_REPORTS = 0x0808;
export const REG_LAST_REFUSAL = 0x0900; // 192 bytes
export const STRING_BYTES_REFUSAL = 192;

// Calibration of ranges.
export const REG_RESPONSE_TAU = 0x0a00;
export const REG_RESPONSE_TAIL_FRACTION = 0x0a04;
export const REG_RESPONSE_TAIL_TAU = 0x0a08;
export const REG_RESPONSE_ACTIVATION = 0x0a0c;
export const REG_RESPONSE_TEMPERATURE = 0x0a10;
export const REG_LASER_PULSE_WIDTH = 0x0a14;
export const REG_RANGE_TIME_OFFSET = 0x0a18;
export const REG_GATE_WIDTH_CORRECTION = 0x0a1c;
export const REG_GATE_CORRECTION_START = 0x0a20;
export const REG_GATE_CORRECTION_STEP = 0x0a24;
export const REG_PIXEL_TIME_MAP_INDEX = 0x0a28;
export const REG_PIXEL_TIME_MAP_DATA = 0x0a40; // u32 x PIXEL_TIME_MAP_WORDS
/** As many as one feature report carries. */
export const PIXEL_TIME_MAP_WORDS = 12;
export const REG_GATE_DELAY_CORRECTION = 0x0b00; // i32 x MAX_GATES, picoseconds

// Flash: what the boot loader does on the host's behalf. Codes: flash.ts and image.ts. docs/flash.md
export const REG_FLASH_COMMAND = 0x0c00; // FLASH_*
export const REG_FLASH_RESULT = 0x0c04; // 0, REFUSED_*, FAILED_*, INSTALL_SEND
export const REG_FLASH_SLOT = 0x0c08;
export const REG_FLASH_OFFSET = 0x0c0c;
export const REG_FLASH_LENGTH = 0x0c10;
export const REG_FLASH_WINDOW_CRC = 0x0c14; // CRC-32C of the first FlashLength bytes of the window
export const REG_FLASH_DIGEST = 0x0c20; // u32 x FLASH_DIGEST_WORDS, SHA-256 that FLASH_READ_BACK made
export const FLASH_DIGEST_WORDS = 8;
export const REG_FLASH_WINDOW_OFFSET = 0x0c40;
export const REG_FLASH_WINDOW_DATA = 0x0c44; // u32 x FLASH_WINDOW_WORDS
/** With the offset before them as many as one feature report carries. */
export const FLASH_WINDOW_WORDS = 11;
export const REG_BOOT_STATUS = 0x0c80; // u32 x BOOT_STATUS_BYTES / 4: the boot loader's status block of flash.ts
export const REG_BOOT_CYCLES = 0x0cd0; // of the last reset
export const REG_BOOT_COUNT = 0x0cd4;
export const REG_FLASH_PROGRAM_UNIT = 0x0cd8;
export const REG_FLASH_HARDWARE_CLASS = 0x0cdc; // HARDWARE_* of image.ts
export const REG_FLASH_FEATURES = 0x0ce0; // FEATURE_* of image.ts
export const REG_FLASH_MEMORY_PAGES = 0x0ce4;
export const REG_FLASH_LOCKED = 0x0ce8; // 1: development keys are refused
export const REG_FLASH_KEY_ID = 0x0cf0; // u32 x 2 x IMAGE_KEY_SLOTS
export const REG_SLOT_MANIFEST = 0x0d00; // u32 x 64 x FLASH_SLOTS: first bytes of each slot
export const REG_BOOT_HISTORY = 0x0f00; // u32 x BOOT_HISTORY_WORDS x BOOT_HISTORY_ENTRIES
export const BOOT_HISTORY_ENTRIES = 8;
/** BOOT_*, slot that runs, REASON, REASON_SLOT, newest first; 0 before the first boot. */
export const BOOT_HISTORY_WORDS = 4;
/** u32 x FLASH_PIECE_CRC_WORDS: low 16 bits of the CRC-32C of each piece of the window, even pieces in the low halves. */
export const REG_FLASH_PIECE_CRC = 0x1100;
export const FLASH_PIECE_CRC_WORDS = 47;
export const REG_FLASH_STORY = 0x1200; // u32 x FLASH_STORY_WORDS x FLASH_STORY_ENTRIES
export const FLASH_STORY_ENTRIES = 16;
/** Slot (NO_SLOT: no such entry), SLOT_*, reason or 0, sector found bad or NO_SECTOR, newest first. */
export const FLASH_STORY_WORDS = 4;
// What is written to FlashCommand.
export const FLASH_BEGIN = 1; // manifest in the window
export const FLASH_OFFER = 2; // digest in the window
export const FLASH_WRITE = 3; // Length bytes of the image from Offset on, in the window
export const FLASH_FINISH = 4;
export const FLASH_CONFIRM = 5;
export const FLASH_REVERT = 6;
export const FLASH_ERASE = 7; // Slot
export const FLASH_READ_BACK = 8; // Length bytes of Slot from Offset on, to the digest
export const FLASH_RESET = 9; // the readout logic restarts: the boot loader decides what runs

// Simulated boards only: the world around the sensor. A real board answers STATUS_BAD_ADDRESS.
export const REG_SIM_AMBIENT = 0xf000;
export const REG_SIM_TEMPERATURE = 0xf004;
export const REG_SIM_LIGHT = 0xf008; // factor of the scene's light, 1e-6; 0 = dark
export const REG_SIM_TRIGGER_PERIOD = 0xf00c;
