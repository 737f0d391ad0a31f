/** A fault in the RTL: text that stands once in a file of sim/rtl, and what takes its place. */
export interface Mutant {
  readonly file: string;
  readonly found: string;
  readonly replaced: string;
  /** Part of what a configuration must cover for the fault to matter. */
  readonly among: string;
}

/** One cycle, phase, row or count too many or too few in every unit. */
export const MUTANTS: readonly Mutant[] = [
  {
    file: "roic_conversion.v",
    found: "left <= settle_cycles - ONE;",
    replaced: "left <= settle_cycles;",
    among: "",
  },
  {
    file: "roic_conversion.v",
    found: "left <= hold_cycles - ONE;",
    replaced: "left <= hold_cycles;",
    among: "not pipelined",
  },
  {
    file: "roic_conversion.v",
    found: "assign convert_end = count_last && active;",
    replaced: "assign convert_end = step_end && active;",
    among: "not pipelined",
  },
  {
    file: "roic_transfer.v",
    found: "left <= transfer_cycles - ONE;",
    replaced: "left <= transfer_cycles;",
    among: "",
  },
  { file: "roic_transfer.v", found: ".closes(plane_end)", replaced: ".closes(frame_end)", among: "cds" },
  {
    file: "roic_rolling.v",
    found: "reset_left <= reset_cycles - ONE;",
    replaced: "reset_left <= reset_cycles;",
    among: "rolling",
  },
  {
    file: "roic_rolling.v",
    found: "exposure_slots) - ONE;",
    replaced: "exposure_slots);",
    among: "rolling single",
  },
  {
    file: "roic_rolling.v",
    found: "pass_due ? read_interval_slots - ONE",
    replaced: "pass_due ? read_interval_slots",
    among: "rolling ramp",
  },
  {
    file: "roic_rolling.v",
    found: "wire after_reset = is_cds && in_reset;",
    replaced: "wire after_reset = in_reset;",
    among: "rolling single",
  },
  {
    file: "roic_global.v",
    found: "left <= exposure_cycles - ONE;",
    replaced: "left <= exposure_cycles;",
    among: "global",
  },
  {
    file: "roic_global.v",
    found: "assign read_start = (reset_end && is_cds)",
    replaced: "assign read_start = reset_end",
    among: "global single",
  },
  {
    file: "roic_lidar.v",
    found: "left <= period_cycles - ONE;",
    replaced: "left <= period_cycles;",
    among: "LiDAR",
  },
  {
    file: "roic_lidar.v",
    found: "pulse_index == pulses_per_gate - 32'd1;",
    replaced: "pulse_index == pulses_per_gate;",
    among: "LiDAR",
  },
  {
    file: "roic_pulse_unit.v",
    found: "reset_cycles * CYCLE - delay",
    replaced: "reset_cycles * CYCLE + delay",
    among: "swept-reset",
  },
  { file: "roic_edge_placer.v", found: "rise_next <= p[", replaced: "rise_next < p[", among: "LiDAR" },
  { file: "roic_edge_placer.v", found: "fall_next > p[", replaced: "fall_next >= p[", among: "LiDAR" },
  {
    file: "roic_group_pointer.v",
    found: "line_after >= {1'b0, height}",
    replaced: "line_after > {1'b0, height}",
    among: "banks",
  },
  { file: "roic_row_decoder.v", found: "unit < last_end", replaced: "unit <= last_end", among: "region" },
  {
    file: "roic_row_decoder.v",
    found: "(17'd1 << step_log2) - 17'd1",
    replaced: "17'd0",
    among: "row decimation",
  },
  {
    file: "roic_trigger.v",
    found: "assign rise = second && !third;",
    replaced: "assign rise = first && !second;",
    among: "irregular",
  },
  {
    file: "roic_frame_control.v",
    found: "under_way == 2'd0 || frame_end;",
    replaced: "under_way == 2'd0;",
    among: "generator",
  },
  {
    file: "roic_frame_control.v",
    found: "begun == frame_count",
    replaced: "begun > frame_count",
    among: "free",
  },
  { file: "roic_open_count.v", found: "count + {1'b0, opens}", replaced: "2'd0 + {1'b0, opens}", among: "" },
  {
    file: "roic_adc_latch.v",
    found: "assign code = flips ? seen_count : held;",
    replaced: "assign code = held;",
    among: "",
  },
  {
    file: "roic_adc_latch.v",
    found: "if (flips || misses) held",
    replaced: "if (flips) held",
    among: "rolling",
  },
  {
    file: "roic_adc_counter.v",
    found: "count <= count + 1'b1;",
    replaced: "count <= count - 1'b1;",
    among: "",
  },
  {
    file: "roic_sequencer.v",
    found: "? transfer_cycles - sample_cycles :",
    replaced: "? transfer_cycles :",
    among: "pipelined, hold",
  },
];
