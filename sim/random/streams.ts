/**
 * Streams of the counter-based generator: the fourth counter word. Two streams never share a random number, whatever
 * pixel, gate or frame. Numbers are part of the reproducible result: add new ones at the end, never reuse one.
 *
 * Un-annotated constants, so that asc and tsc both read this file.
 *
 * | stream | seed | counter (word 0, 1, 2) |
 * |---|---|---|
 * | temporal noise | run | global pixel, gate / 4, frame; word gate % 4 is the sample's normal |
 * | low count | run | as temporal noise; the uniform that inverts the Poisson law below 20 electrons |
 * | follower noise | run | 4 (p / 16) + p % 4 of global pixel p, read, frame; word (p / 4) % 4 is the read's normal |
 * | RTS state | run | global pixel, read / 4, frame; word read % 4 is the read's uniform |
 * | ramp noise | run | first sensor row of the line, read / 4, frame; word read % 4 is the read's normal |
 * | RTS device | device | pixel, 0, 0; words: chosen, amplitude, rate up, rate down |
 * | charge | run | 8 b + c % 8 of column c in block b of 16 columns, read, frame; words 2 (c / 8 % 2) + 0: shot noise, + 1: flicker and reset noise |
 * | all others | device | index (pixel, row or column), component, 0 |
 */
export const STREAM_TEMPORAL_NOISE = 0;
export const STREAM_LOW_COUNT = 1;
export const STREAM_DEVICE_OFFSET = 2;
export const STREAM_COLUMN_OFFSET = 3;
export const STREAM_DEVICE_DARK = 4;
export const STREAM_DEVICE_RESPONSE = 5;
export const STREAM_DEFECTS = 6;
export const STREAM_STUCK_CODE = 7;
export const STREAM_CALIBRATION = 8;
export const STREAM_SERIAL = 9;
export const STREAM_FAULTS = 10;
export const STREAM_SCENE = 11;

// Charge collection of imaging sensors.
export const STREAM_CHARGE = 12;
export const STREAM_RESPONSE_ROW = 13;
export const STREAM_RESPONSE_COLUMN = 14;

// Level conversion of imaging sensors.
export const STREAM_FOLLOWER_NOISE = 20;
export const STREAM_RTS_STATE = 21;
export const STREAM_RAMP_NOISE = 22;
export const STREAM_RTS_DEVICE = 23;
export const STREAM_ROW_OFFSET = 24;
export const STREAM_COLUMN_GAIN = 25;

// What a chip deviates in from its profile.
export const STREAM_DELAY_INL = 30;
export const STREAM_DELAY_STEP = 31;
export const STREAM_PIXEL_LATENESS = 32;

// Instruments of the laboratory; the key's upper half is a hash of what is measured under which setting.
export const STREAM_LAB_WHITE = 40;
export const STREAM_LAB_FLICKER = 41;
export const STREAM_LAB_COUNTS = 42;
export const STREAM_LAB_SCATTER = 43;
