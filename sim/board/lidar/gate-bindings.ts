import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { type GateEdges, phaseStepNs, realisedGates } from "../../roic/gate-edges.ts";
import { type GateSetting, gatedProfile, gateRefusal } from "../../roic/gated-profile.ts";
import { type Binding, live, outOfRange, type RegisterBinding } from "../register-binding.ts";
import type { SettingsStore } from "../settings.ts";
import type { LidarSettings } from "./lidar-settings.ts";

const PS_PER_NS = 1000;

/** Registers of the gates. A swept reset is its gates' edge, and its program places them: there they are fixed. */
export function gateBindings(profile: LidarProfile, store: SettingsStore<LidarSettings>): Binding[] {
  const edges = () => realisedGates(gatedProfile(profile, store.present.gates));
  const isSwept = profile.gates.gating === "swept-reset";
  const openNs = () => (isSwept ? 1e9 / profile.emitter.repetitionHz : (edges().widthsNs[0] ?? 0));
  const bind = (register: number, key: keyof GateEdges, change: GateChange): Binding => {
    const read = (gate: number) => Math.round((edges()[key][gate] ?? 0) * PS_PER_NS);
    return isSwept ? live(register, read) : [register, { read, ...writing(profile, store, change) }];
  };
  return [
    bind(Reg.REG_GATE_DELAY, "delaysNs", withDelay),
    bind(Reg.REG_GATE_WIDTH, "widthsNs", withWidth),
    live(Reg.REG_EXPOSURE_TIME, () => Math.round(store.present.pulsesPerGate * openNs())),
  ];
}

type GateChange = (present: GateSetting, timeNs: number, gate: number) => GateSetting;

const withDelay: GateChange = ({ delaysNs, widthNs }, timeNs, gate) => ({
  delaysNs: delaysNs.with(gate, timeNs),
  widthNs,
});

const withWidth: GateChange = ({ delaysNs }, timeNs) => ({ delaysNs, widthNs: timeNs });

/** Elements beyond the gates of a frame read 0 and take nothing else. */
function writing(
  profile: LidarProfile,
  store: SettingsStore<LidarSettings>,
  change: GateChange,
): RegisterBinding {
  const stepNs = phaseStepNs(profile);
  const count = profile.gates.delaysNs.length;
  const changed = (valuePs: number, gate: number) => {
    const { delaysNs, widthsNs } = realisedGates(gatedProfile(profile, store.present.gates));
    const timeNs = Math.round(valuePs / PS_PER_NS / stepNs) * stepNs;
    return change({ delaysNs, widthNs: widthsNs[0] ?? 0 }, timeNs, gate);
  };
  const beyond = (value: number) =>
    value === 0 ? undefined : `found ${value} in an element beyond the ${count} gates of a frame, expected 0`;
  return {
    check: (value, gate) => {
      const text = gate < count ? gateRefusal(profile, changed(value, gate)) : beyond(value);
      return text === undefined ? undefined : outOfRange(text);
    },
    write: (value, gate) => {
      if (gate < count) store.change({ gates: changed(value, gate) });
      return STATUS_OK;
    },
  };
}
