import { unlink } from "node:fs/promises";
import { join } from "node:path";
import type { CameraInfo } from "../camera/camera-info.ts";
import type { CameraFrame } from "../camera/frame.ts";
import type { FrameTruth, ImagingTruth } from "../transport/transport.ts";
import { ARRAY_NAMES, frameArrays, truthArrays } from "./frame-arrays.ts";
import { frameDocument, type RunDescription } from "./frame-document.ts";
import { makeFolder } from "./make-folder.ts";
import { encodeNpy } from "./npy.ts";
import { writeFileAtomically } from "./write-file.ts";

/** frame-000007, below the folder of the run. */
export function frameFolderName(frameNumber: number): string {
  return `frame-${String(frameNumber).padStart(6, "0")}`;
}

/**
 * Writes frames to DIR/frame-NNNNNN/: one .npy a component, then frame.json. Every file is whole or absent, and
 * frame.json comes last: a folder that has one is complete.
 */
export class FrameSaver {
  readonly #directory: string;
  readonly #description: RunDescription;

  constructor(directory: string, description: RunDescription) {
    this.#directory = directory;
    this.#description = description;
  }

  /**
   * @param info what the device said when it took this frame; left out: as the run's description has it.
   * @throws Error of node:fs when the folder cannot be written.
   */
  async save(
    frame: CameraFrame,
    truth: FrameTruth | ImagingTruth | undefined,
    info: CameraInfo = this.#description.info,
  ): Promise<void> {
    const folder = join(this.#directory, frameFolderName(frame.frameNumber));
    await makeFolder(folder);
    await removeStale(folder);
    const arrays = [...frameArrays(frame), ...(truth ? truthArrays(truth) : [])];
    for (const { name, array, shape } of arrays)
      await writeFileAtomically(join(folder, `${name}.npy`), encodeNpy(array, shape));
    const document = frameDocument(frame, arrays, { ...this.#description, info });
    await writeFileAtomically(join(folder, "frame.json"), `${JSON.stringify(document, null, 2)}\n`);
  }
}

/** A frame that an earlier run left here, perhaps with components that this one does not have. */
async function removeStale(folder: string): Promise<void> {
  const names = ["frame.json", ...ARRAY_NAMES.map((name) => `${name}.npy`)];
  for (const name of names) await unlink(join(folder, name)).catch(() => undefined);
}
