import { readFileIfThere } from "../read-file.ts";
import { quoted, SceneError } from "../scene-error.ts";
import type { Intrinsics } from "./depth-image.ts";

export interface IntrinsicsFile extends Intrinsics {
  /** Metres per code of an integer depth image. */
  readonly depthScaleM: number;
}

const EXPECTED = '{"fx": 525, "fy": 525, "cx": 319.5, "cy": 239.5, "depthScaleM": 0.001}';

/**
 * The intrinsics beside a depth image: `<name>.intrinsics.json` or `<name>.<extension>.intrinsics.json`.
 * Undefined if there is no such file; throws SceneError if it is wrong.
 */
export async function readIntrinsics(path: string): Promise<IntrinsicsFile | undefined> {
  for (const candidate of intrinsicsPaths(path)) {
    const bytes = await readFileIfThere(candidate);
    if (bytes !== undefined) return parseIntrinsics(candidate, new TextDecoder().decode(bytes));
  }
  return undefined;
}

/** Where intrinsics are looked for, in this order. */
export function intrinsicsPaths(path: string): readonly [string, string] {
  return [`${path.replace(/\.[^./\\]*$/, "")}.intrinsics.json`, `${path}.intrinsics.json`];
}

/** Check and take the numbers of an intrinsics document; depthScaleM may be absent (0.001). */
export function parseIntrinsics(scene: string, text: string): IntrinsicsFile {
  const found = parseObject(scene, text);
  const take = (key: keyof IntrinsicsFile, min: number, max: number, fallback?: number): number => {
    const value = found[key] ?? fallback;
    if (typeof value === "number" && value >= min && value <= max) return value;
    throw new SceneError({
      scene,
      found: `${key}: ${quoted(JSON.stringify(value) ?? "nothing")}`,
      expected: `a number from ${min} to ${max}, as in ${EXPECTED}`,
      whatToDo: `Correct ${key}; focal lengths and centre are in pixels.`,
    });
  };
  return {
    fx: take("fx", 1, 1e6),
    fy: take("fy", 1, 1e6),
    cx: take("cx", -1e6, 1e6),
    cy: take("cy", -1e6, 1e6),
    depthScaleM: take("depthScaleM", 1e-9, 100, 0.001),
  };
}

function parseObject(scene: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below.
  }
  throw new SceneError({
    scene,
    found: `${quoted(text.slice(0, 50))}`,
    expected: `a JSON object like ${EXPECTED}`,
    whatToDo: "Correct the intrinsics file.",
  });
}
