import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { pixelFlagsOf } from "../../hw-profiles/interface/flag-table.ts";
import type { CameraFrame } from "../camera/frame.ts";
import { frameArrays, type SavedArray } from "../save/frame-arrays.ts";
import { makeFolder } from "../save/make-folder.ts";
import { writeFileAtomically } from "../save/write-file.ts";
import type { FrameFormat } from "./capture-format.ts";
import { type CodeScale, scaleOf } from "./code-scale.ts";
import { filesOf } from "./frame-files.ts";

export interface FrameCaptureOptions {
  readonly folder: string;
  readonly format: FrameFormat;
  /** Names of the arrays to write; undefined: all that a frame carries. */
  readonly arrays: readonly string[] | undefined;
  /** Of the codes of png16, by array. */
  readonly scales: ReadonlyMap<string, CodeScale>;
  /** Device, scene, seed, firmware: what fixes the run. */
  readonly run: Readonly<Record<string, string | number | boolean | null>>;
}

interface ArrayEntry {
  readonly unit: string;
  readonly doc: string;
  readonly scale?: number;
  readonly offset?: number;
}

const INDEX_NAME = "capture.json";

/**
 * Writes frames to DIR/NNNNNN-ARRAY[-PLANE].EXT and, last, DIR/capture.json, which names every file, unit and scale. Every
 * file is whole or absent.
 */
export class FrameCapture {
  readonly #options: FrameCaptureOptions;
  readonly #arrays = new Map<string, ArrayEntry>();
  readonly #frames: Record<string, unknown>[] = [];
  #files = 0;
  #bytes = 0;

  constructor(options: FrameCaptureOptions) {
    this.#options = options;
  }

  get frames(): number {
    return this.#frames.length;
  }

  get files(): number {
    return this.#files;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Make the folder; the index of an earlier run goes. @throws Error of node:fs. */
  async begin(): Promise<void> {
    await makeFolder(this.#options.folder);
    await unlink(join(this.#options.folder, INDEX_NAME)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }

  /** @throws Error of node:fs. */
  async save(frame: CameraFrame): Promise<void> {
    const wanted = this.#options.arrays;
    const arrays = frameArrays(frame).filter(({ name }) => wanted?.includes(name) ?? true);
    const files: string[] = [];
    for (const saved of arrays) {
      const scale = scaleOf(this.#options.scales, saved.name);
      this.#arrays.set(saved.name, this.#entryOf(saved, scale));
      for (const { name, content } of filesOf(frame.frameNumber, saved, this.#options.format, scale)) {
        await writeFileAtomically(join(this.#options.folder, name), content);
        files.push(name);
        this.#bytes += content.length;
      }
    }
    this.#files += files.length;
    this.#frames.push(describeFrame(frame, files));
  }

  /** Write the index. Returns its path. @throws Error of node:fs. */
  async end(interrupted: boolean): Promise<string> {
    const { folder, format, run } = this.#options;
    const path = join(folder, INDEX_NAME);
    const index = {
      format: "cqd-capture",
      version: 1,
      fileFormat: format,
      run,
      interrupted,
      arrays: Object.fromEntries(this.#arrays),
      flagBits: Object.fromEntries(pixelFlagsOf("image").map(({ key, mask }) => [key, mask])),
      frames: this.#frames,
    };
    await writeFileAtomically(path, `${JSON.stringify(index, null, 2)}\n`);
    return path;
  }

  #entryOf({ unit, doc }: SavedArray, { scale, offset }: CodeScale): ArrayEntry {
    return this.#options.format === "png16" ? { unit, doc, scale, offset } : { unit, doc };
  }
}

function describeFrame(frame: CameraFrame, files: readonly string[]): Record<string, unknown> {
  const exposure =
    frame.kind === "image" ? { exposureNs: frame.exposureNs, readMode: frame.readMode } : undefined;
  return {
    frame: frame.frameNumber,
    startCycle: frame.startCycle.toString(),
    clockHz: frame.clockHz,
    timeNs: frame.timeNs,
    temperatureC: frame.temperatureC,
    width: frame.width,
    height: frame.height,
    ...exposure,
    complete: frame.integrity.complete,
    files,
  };
}
