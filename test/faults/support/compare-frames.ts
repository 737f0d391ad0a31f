import type { CameraFrame } from "../../../host/camera/frame.ts";
import { PIXEL_MISSING } from "../../../hw-profiles/interface/pixel-flags.ts";

type Samples = Float32Array | Uint16Array | Uint8Array;

/**
 * What of a frame is wrong, against the same frame of a clean run. A complete frame must be the same in every bit; of an
 * incomplete one every sample must be right, or 0 in a pixel that is marked as missing. @returns undefined: nothing.
 */
export function wrongIn(frame: CameraFrame, clean: CameraFrame): string | undefined {
  if (frame.kind !== clean.kind) return `kind ${frame.kind}`;
  for (const [name, expected] of Object.entries(clean)) {
    const found: unknown = (frame as unknown as Readonly<Record<string, unknown>>)[name];
    const wrong = name === "integrity" ? undefined : wrongField(name, found, expected, frame);
    if (wrong !== undefined) return `frame ${frame.frameNumber}: ${name} ${wrong}`;
  }
  return undefined;
}

/** Given by the leader or the trailer, which an incomplete frame may lack. */
const FROM_ENDS = new Set(["startCycle", "endCycle", "timeNs", "counters", "probe", "temperatureC"]);

function wrongField(name: string, found: unknown, expected: unknown, frame: CameraFrame): string | undefined {
  const { complete } = frame.integrity;
  if (isSamples(expected)) return wrongSamples(found, expected, frame);
  if (Array.isArray(expected) && Array.isArray(found)) {
    const images = expected.flatMap((image: object, i) =>
      Object.entries(image).map(([key, value]: [string, unknown]) =>
        wrongField(key, (found[i] as Readonly<Record<string, unknown>> | undefined)?.[key], value, frame),
      ),
    );
    return images.find((wrong) => wrong !== undefined);
  }
  if (!complete && FROM_ENDS.has(name)) return undefined;
  return same(found, expected) ? undefined : `found ${text(found)}, expected ${text(expected)}`;
}

function isSamples(value: unknown): value is Samples {
  return ArrayBuffer.isView(value);
}

function wrongSamples(found: unknown, expected: Samples, frame: CameraFrame): string | undefined {
  if (!isSamples(found) || found.length !== expected.length) return "has another length";
  const { flags, integrity } = frame;
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(found[i], expected[i])) continue;
    const isMissing = (flags[i % flags.length]! & PIXEL_MISSING) !== 0;
    const isMarked = !integrity.complete && isMissing && (found === flags || found[i] === 0);
    if (!isMarked) return `sample ${i}: found ${found[i]}, expected ${expected[i]}`;
  }
  return undefined;
}

function same(found: unknown, expected: unknown): boolean {
  return text(found) === text(expected);
}

function text(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) => {
      if (typeof inner === "bigint") return `${inner}n`;
      return isSamples(inner) ? [...inner] : inner;
    }) ?? "nothing"
  );
}
