import type { ImagingDocument } from "../schema/imaging-schema.ts";
import type { EffectSwitch, EffectsProfile } from "../sensor-profile.ts";

type EffectsDocument = ImagingDocument["effects"];

function flip(effect: { readonly on: { readonly value: boolean } }): EffectSwitch {
  return { on: effect.on.value };
}

function resolveFilm(effects: EffectsDocument) {
  const { crosstalk, flicker, lag, softSaturation } = effects;
  return {
    shotNoise: flip(effects.shotNoise),
    biasDependence: flip(effects.biasDependence),
    darkCurrent: flip(effects.darkCurrent),
    crosstalk: { ...flip(crosstalk), share: crosstalk.share.value },
    flicker: { ...flip(flicker), cornerHz: flicker.corner.value, minHz: flicker.min.value },
    lag: {
      ...flip(lag),
      traps: lag.traps.map((trap) => ({ share: trap.share.value, tauMs: trap.tau.value })),
    },
    softSaturation: { ...flip(softSaturation), kneeShare: softSaturation.knee.value },
  };
}

function resolvePixelEffects(effects: EffectsDocument) {
  const { followerFlicker, followerNonlinearity, nodeCapacitance, rts } = effects;
  return {
    resetNoise: flip(effects.resetNoise),
    nodeCapacitance: {
      ...flip(nodeCapacitance),
      junctionShare: nodeCapacitance.junctionShare.value,
      builtInV: nodeCapacitance.builtIn.value,
      grading: nodeCapacitance.grading.value,
    },
    followerNonlinearity: { ...flip(followerNonlinearity), gainFall: followerNonlinearity.gainFall.value },
    readNoise: flip(effects.readNoise),
    followerFlicker: {
      ...flip(followerFlicker),
      rmsE: followerFlicker.noise.value,
      minHz: followerFlicker.min.value,
      maxHz: followerFlicker.max.value,
    },
    rts: {
      ...flip(rts),
      pixelShare: rts.pixelShare.value,
      amplitudeE: rts.amplitude.value,
      minHz: rts.min.value,
      maxHz: rts.max.value,
    },
  };
}

function resolvePatterns(effects: EffectsDocument) {
  const { columnGain, inl, offsetPattern, rampNoise, responsePattern } = effects;
  return {
    offsetPattern: { ...flip(offsetPattern), rowSpreadDn: offsetPattern.rowSpread.value },
    darkPattern: flip(effects.darkPattern),
    responsePattern: {
      ...flip(responsePattern),
      rowSpread: responsePattern.rowSpread.value,
      columnSpread: responsePattern.columnSpread.value,
    },
    columnGain: { ...flip(columnGain), spread: columnGain.spread.value },
    rampNoise: { ...flip(rampNoise), rmsDn: rampNoise.noise.value },
    inl: { ...flip(inl), pointsDn: inl.points.value },
    defects: flip(effects.defects),
  };
}

/** Plain numbers of the effects, units in the names. */
export function resolveEffects(effects: EffectsDocument): EffectsProfile {
  return { ...resolveFilm(effects), ...resolvePixelEffects(effects), ...resolvePatterns(effects) };
}
