import type { PixelHits, PixelMaps } from "../../../sim/pixel/pixel-buffers.ts";

/** The arrays of one band, as PixelKernels has them (a PixelKernels can be passed for one). */
export interface PixelArrays {
  readonly pixels: number;
  readonly gates: number;
  readonly gateStride: number;
  readonly raysPerPixel: number;
  readonly hits: PixelHits;
  readonly maps: PixelMaps;
  readonly meanE: Float32Array;
  readonly ambientE: Float32Array;
  readonly signalE: Float32Array;
  readonly codes: Uint16Array;
}

/** An independent copy in ordinary memory. */
export function copyArrays(source: PixelArrays): PixelArrays {
  const { pixels, gates, gateStride, raysPerPixel, hits, maps } = source;
  return {
    pixels,
    gates,
    gateStride,
    raysPerPixel,
    hits: {
      rangeM: hits.rangeM.slice(),
      signalRho: hits.signalRho.slice(),
      ambientRho: hits.ambientRho.slice(),
    },
    maps: {
      signalScaleE: maps.signalScaleE.slice(),
      ambientScaleE: maps.ambientScaleE.slice(),
      darkE: maps.darkE.slice(),
      offsetDn: maps.offsetDn.slice(),
      defect: maps.defect.slice(),
      stuckCode: maps.stuckCode.slice(),
      lateRows: maps.lateRows.slice(),
    },
    meanE: source.meanE.slice(),
    ambientE: source.ambientE.slice(),
    signalE: source.signalE.slice(),
    codes: source.codes.slice(),
  };
}
