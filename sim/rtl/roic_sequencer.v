// Row sequencer of the readout chip: LiDAR, rolling shutter, global shutter, global reset. docs/timing.md defines every
// register and edge, docs/rtl.md how this module uses them. Registers hold still from the clock before `start` until
// `idle`.

`default_nettype none

module roic_sequencer #(
    parameter ROWS = 16,       // rows of the array
    parameter PHASES = 8,      // P, phases of a clock
    parameter GATES = 32,      // longest gate table
    parameter ADC_BITS = 12,   // a conversion takes C = 2^ADC_BITS clocks
    parameter TIME_BITS = 32   // bits of a time register, 17 to 32
) (
    input wire clk,
    input wire reset,                               // synchronous

    input wire start,                               // one clock
    input wire stop,                                // one clock
    output wire idle,
    input wire trigger_in,                          // asynchronous

    input wire [1:0] mode,                          // 0 LiDAR, 1 rolling, 2 global, 3 global reset
    input wire trigger_mode,                        // frames begin at triggers
    input wire [31:0] frame_count,                  // 0: until stop
    input wire [15:0] offset_y,                     // region, output lines
    input wire [15:0] height,
    input wire [2:0] row_binning,                   // BV: 1, 2, 4
    input wire [2:0] row_decimation,                // DV: 1, 2, 4
    input wire [15:0] banks,                        // B
    input wire pipelined,
    input wire [TIME_BITS-1:0] reset_cycles,        // R
    input wire [TIME_BITS-1:0] settle_cycles,       // S
    input wire [TIME_BITS-1:0] transfer_cycles,     // X

    input wire [15:0] gate_count,                   // K
    input wire [31:0] pulses_per_gate,              // M
    input wire [TIME_BITS-1:0] pulse_period_cycles, // T of LiDAR mode
    input wire [TIME_BITS-1:0] laser_lead_cycles,   // L
    input wire [TIME_BITS-1:0] gate_width_phases,   // w P
    input wire swept_reset,
    input wire gate_write,                          // writes d_k P of gate k = gate_address
    input wire [15:0] gate_address,
    input wire [TIME_BITS-1:0] gate_delay_phases,   // two's complement

    input wire [15:0] reads,                        // N
    input wire [TIME_BITS-1:0] exposure_slots,      // E; not looked at in a ramp
    input wire [TIME_BITS-1:0] read_interval_slots, // D, of a ramp
    input wire [TIME_BITS-1:0] frame_period_slots,  // F, rolling
    input wire [TIME_BITS-1:0] exposure_cycles,     // Ec
    input wire [TIME_BITS-1:0] frame_period_cycles, // F, global modes

    output wire frame_valid,
    output wire plane_valid,
    output wire line_valid,
    output wire [15:0] line_group,
    output wire [15:0] line_plane,
    output wire [1:0] exposure_state,
    output wire [15:0] gate_index,
    output wire [31:0] pulse_index,
    output wire global_reset,
    output wire [PHASES-1:0] laser_taps,            // laser_trigger from cycle + p / P on
    output wire [PHASES-1:0] film_taps,             // film_gate from cycle + p / P on
    output wire [1:0] readout_state,
    output reg [15:0] row_group,
    output reg [15:0] read_index,
    output wire settle,
    output wire counter_enable,                     // also `ramp`
    output wire [ADC_BITS-1:0] counter,
    output wire [ROWS-1:0] row_select,
    output wire [ROWS-1:0] row_reset,
    output wire trigger_missed,
    output wire [31:0] missed_triggers
);

  localparam [1:0] LIDAR = 2'd0;
  localparam [1:0] ROLLING = 2'd1;
  localparam [1:0] GLOBAL = 2'd2;

  wire is_lidar = mode == LIDAR;
  wire is_rolling = mode == ROLLING;
  wire is_global = !is_lidar && !is_rolling;

  // Frames.
  wire trigger;
  wire frame_start;
  wire frame_end;
  wire lidar_period_end;
  wire rolling_period_end;
  wire global_period_end;
  wire continues;
  wire under_way_next;

  roic_trigger trigger_input (
      .clk(clk),
      .reset(reset),
      .trigger_in(trigger_in),
      .rise(trigger)
  );

  roic_frame_control frame_control (
      .clk(clk),
      .reset(reset),
      .start(start),
      .stop(stop),
      .frame_count(frame_count),
      .trigger_mode(trigger_mode),
      .trigger(trigger),
      .period_end(is_lidar ? lidar_period_end : is_rolling ? rolling_period_end : global_period_end),
      .frame_end(frame_end),
      .frame_start(frame_start),
      .trigger_missed(trigger_missed),
      .missed_triggers(missed_triggers),
      .continues(continues),
      .under_way_next(under_way_next),
      .idle(idle)
  );

  // Exposure.
  wire plane_end;
  wire step_end;
  wire [1:0] lidar_state;
  wire [1:0] global_state;
  wire lidar_reset;
  wire all_reset;
  wire plane_start;
  wire period_start;
  wire [15:0] gate_next;
  wire lidar_read_start;
  wire global_read_start;
  wire is_last_gate;
  wire exposes_next;
  wire global_read_next;

  roic_lidar #(.TIME_BITS(TIME_BITS)) lidar (
      .clk(clk),
      .reset(reset),
      .reset_cycles(reset_cycles),
      .period_cycles(pulse_period_cycles),
      .pulses_per_gate(pulses_per_gate),
      .gate_count(gate_count),
      .frame_start(frame_start && is_lidar),
      .plane_read(plane_end),
      .exposure_state(lidar_state),
      .gate_index(gate_index),
      .pulse_index(pulse_index),
      .global_reset(lidar_reset),
      .plane_start(plane_start),
      .gate_next(gate_next),
      .period_start(period_start),
      .read_start(lidar_read_start),
      .is_last_plane(is_last_gate),
      .frame_end(lidar_period_end)
  );

  roic_global #(.TIME_BITS(TIME_BITS)) global_exposure (
      .clk(clk),
      .reset(reset),
      .reset_cycles(reset_cycles),
      .exposure_cycles(exposure_cycles),
      .frame_period_cycles(frame_period_cycles),
      .is_cds(reads == 16'd2),
      .frame_start(frame_start && is_global),
      .pass_end(plane_end),
      .exposure_state(global_state),
      .global_reset(all_reset),
      .exposes_next(exposes_next),
      .read_start(global_read_start),
      .read_next(global_read_next),
      .period_end(global_period_end)
  );

  assign exposure_state = is_lidar ? lidar_state : global_state;
  assign global_reset = lidar_reset || all_reset;

  reg film_stays_on;
  always @(posedge clk) begin
    if (reset) film_stays_on <= 1'b0;
    else if (plane_start) film_stays_on <= swept_reset;
  end
  wire film_on_next = is_lidar ? (plane_start ? swept_reset : film_stays_on)
                    : mode == GLOBAL ? exposes_next : under_way_next;

  roic_pulse_unit #(
      .PHASES(PHASES),
      .GATES(GATES),
      .TIME_BITS(TIME_BITS)
  ) pulse_unit (
      .clk(clk),
      .reset(reset),
      .swept_reset(swept_reset),
      .reset_cycles(reset_cycles),
      .laser_lead_cycles(laser_lead_cycles),
      .gate_width_phases(gate_width_phases),
      .gate_write(gate_write),
      .gate_address(gate_address),
      .gate_delay_phases(gate_delay_phases),
      .plane_start(plane_start),
      .period_start(period_start),
      .gate_next(gate_next),
      .film_on_next(film_on_next),
      .laser_taps(laser_taps),
      .film_taps(film_taps)
  );

  // Conversion steps: of a pass over all groups, or of row slots.
  wire pass_start = lidar_read_start || global_read_start;
  wire pass_active;
  wire pass_active_next;
  wire [15:0] pass_group;
  wire [15:0] pass_line;
  wire pass_is_last;
  wire [15:0] unused_pass_group;
  wire [15:0] unused_pass_line;

  roic_group_pointer pass (
      .clk(clk),
      .reset(reset),
      .height(height),
      .banks(banks),
      .start(pass_start),
      .advance(step_end && !is_rolling),
      .active_next(pass_active_next),
      .group_next(pass_group),
      .line_next(pass_line),
      .active(pass_active),
      .group(unused_pass_group),
      .line(unused_pass_line),
      .is_last(pass_is_last)
  );

  wire slot_step;
  wire slot_active;
  wire [15:0] slot_group;
  wire [15:0] slot_line;
  wire [15:0] slot_plane;
  wire slot_is_last;
  wire row_reset_next;
  wire [15:0] reset_line_next;

  roic_rolling #(.TIME_BITS(TIME_BITS)) rolling (
      .clk(clk),
      .reset(reset),
      .reset_cycles(reset_cycles),
      .height(height),
      .banks(banks),
      .reads(reads),
      .exposure_slots(exposure_slots),
      .read_interval_slots(read_interval_slots),
      .frame_period_slots(frame_period_slots),
      .continues(continues),
      .frame_start(frame_start && is_rolling),
      .step_end(step_end && is_rolling),
      .period_end(rolling_period_end),
      .step(slot_step),
      .step_active(slot_active),
      .step_group(slot_group),
      .step_line(slot_line),
      .step_plane(slot_plane),
      .step_is_last(slot_is_last),
      .row_reset_next(row_reset_next),
      .reset_line_next(reset_line_next)
  );

  wire step = is_rolling ? slot_step : pass_start || (step_end && pass_active && pass_active_next);
  wire step_active = !is_rolling || slot_active;
  wire [15:0] step_line = is_rolling ? slot_line : pass_line;

  // What the step at hand converts.
  reg [15:0] line;
  reg slot_was_last;
  wire is_last = is_rolling ? slot_was_last : pass_is_last;
  wire selects = step && step_active;
  wire [15:0] line_next = selects ? step_line : line;
  always @(posedge clk) begin
    if (reset) begin
      row_group <= 16'd0;
      read_index <= 16'd0;
      line <= 16'd0;
      slot_was_last <= 1'b0;
    end else begin
      line <= line_next;
      if (selects) begin
        row_group <= is_rolling ? slot_group : pass_group;
        read_index <= is_rolling ? slot_plane : is_lidar ? gate_next : {15'd0, global_read_next};
        slot_was_last <= slot_is_last;
      end
    end
  end

  // A pipelined step waits until the line buffer is free, another one until it has been sent.
  localparam [TIME_BITS-1:0] CONVERT_CYCLES = {{TIME_BITS - 1{1'b0}}, 1'b1} << ADC_BITS;
  reg [TIME_BITS-1:0] hold_cycles;
  wire [TIME_BITS-1:0] sample_cycles = settle_cycles + CONVERT_CYCLES;
  always @(posedge clk) begin
    if (reset) hold_cycles <= {TIME_BITS{1'b0}};
    else if (!pipelined) hold_cycles <= transfer_cycles;
    else hold_cycles <= transfer_cycles > sample_cycles ? transfer_cycles - sample_cycles : {TIME_BITS{1'b0}};
  end

  wire selected_next;
  wire convert_end;

  roic_conversion #(
      .ADC_BITS(ADC_BITS),
      .TIME_BITS(TIME_BITS)
  ) conversion (
      .clk(clk),
      .reset(reset),
      .settle_cycles(settle_cycles),
      .hold_cycles(hold_cycles),
      .step(step),
      .step_active(step_active),
      .no_hold(is_last && !is_rolling),
      .readout_state(readout_state),
      .settle(settle),
      .counting(counter_enable),
      .count(counter),
      .selected_next(selected_next),
      .convert_end(convert_end),
      .step_end(step_end)
  );

  wire is_last_plane = is_lidar ? is_last_gate : read_index == reads - 16'd1;

  roic_transfer #(.TIME_BITS(TIME_BITS)) transfer (
      .clk(clk),
      .reset(reset),
      .transfer_cycles(transfer_cycles),
      .start(convert_end),
      .group(row_group),
      .plane(read_index),
      .begins_plane(row_group == 16'd0),
      .ends_plane(is_last),
      .begins_frame(row_group == 16'd0 && read_index == 16'd0),
      .ends_frame(is_last && is_last_plane),
      .frame_valid(frame_valid),
      .plane_valid(plane_valid),
      .line_valid(line_valid),
      .line_group(line_group),
      .line_plane(line_plane),
      .plane_end(plane_end),
      .frame_end(frame_end)
  );

  // Rows.
  wire by_4 = row_binning == 3'd4 || row_decimation == 3'd4;
  wire by_2 = row_binning == 3'd2 || row_decimation == 3'd2;
  wire [1:0] row_step_log2 = by_4 ? 2'd2 : by_2 ? 2'd1 : 2'd0;

  roic_row_decoder #(.ROWS(ROWS)) select_decoder (
      .clk(clk),
      .reset(reset),
      .offset_y(offset_y),
      .height(height),
      .banks(banks),
      .step_log2(row_step_log2),
      .binning(row_binning),
      .selected_next(selected_next),
      .line_next(line_next),
      .rows(row_select)
  );

  roic_row_decoder #(.ROWS(ROWS)) reset_decoder (
      .clk(clk),
      .reset(reset),
      .offset_y(offset_y),
      .height(height),
      .banks(banks),
      .step_log2(row_step_log2),
      .binning(row_binning),
      .selected_next(row_reset_next),
      .line_next(reset_line_next),
      .rows(row_reset)
  );

endmodule

`default_nettype wire
