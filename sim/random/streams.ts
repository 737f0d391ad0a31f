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
 * | all others | device | index (pixel or column), component, 0 |
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
