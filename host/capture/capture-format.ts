/** How `cqd capture` writes frames; `emva` is a data set, not a format of frames. */
export const FRAME_FORMATS = ["png16", "tiff32f", "npy"] as const;
export type FrameFormat = (typeof FRAME_FORMATS)[number];

export const CAPTURE_FORMATS = [...FRAME_FORMATS, "emva"] as const;
export type CaptureFormat = (typeof CAPTURE_FORMATS)[number];
