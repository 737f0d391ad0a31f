// The digital part of the readout chip: row sequencer, counter, and a latch for every column and bank. The analog part
// gives the comparators, flattened bank by bank; codes leave in the same order.

`default_nettype none

module roic #(
    parameter ROWS = 16,
    parameter COLUMNS = 4,
    parameter BANKS = 2,       // latches of a column; the register `banks` is at most this
    parameter PHASES = 8,
    parameter GATES = 32,
    parameter ADC_BITS = 12,
    parameter SYNC_STAGES = 2, // flip-flops before a latch, see roic_adc_latch
    parameter TIME_BITS = 32
) (
    input wire clk,
    input wire reset,
    input wire start,
    input wire stop,
    output wire idle,
    input wire trigger_in,
    input wire [1:0] mode,
    input wire trigger_mode,
    input wire [31:0] frame_count,
    input wire [15:0] offset_y,
    input wire [15:0] height,
    input wire [2:0] row_binning,
    input wire [2:0] row_decimation,
    input wire [15:0] banks,
    input wire pipelined,
    input wire [TIME_BITS-1:0] reset_cycles,
    input wire [TIME_BITS-1:0] settle_cycles,
    input wire [TIME_BITS-1:0] transfer_cycles,
    input wire [15:0] gate_count,
    input wire [31:0] pulses_per_gate,
    input wire [TIME_BITS-1:0] pulse_period_cycles,
    input wire [TIME_BITS-1:0] laser_lead_cycles,
    input wire [TIME_BITS-1:0] gate_width_phases,
    input wire swept_reset,
    input wire gate_write,
    input wire [15:0] gate_address,
    input wire [TIME_BITS-1:0] gate_delay_phases,
    input wire [15:0] reads,
    input wire [TIME_BITS-1:0] exposure_slots,
    input wire [TIME_BITS-1:0] read_interval_slots,
    input wire [TIME_BITS-1:0] frame_period_slots,
    input wire [TIME_BITS-1:0] exposure_cycles,
    input wire [TIME_BITS-1:0] frame_period_cycles,
    input wire [BANKS*COLUMNS-1:0] comparators,
    output wire [BANKS*COLUMNS-1:0] codes_valid,
    output wire [BANKS*COLUMNS*ADC_BITS-1:0] codes,
    output wire frame_valid,
    output wire plane_valid,
    output wire line_valid,
    output wire [15:0] line_group,
    output wire [15:0] line_plane,
    output wire [1:0] exposure_state,
    output wire [15:0] gate_index,
    output wire [31:0] pulse_index,
    output wire global_reset,
    output wire [PHASES-1:0] laser_taps,
    output wire [PHASES-1:0] film_taps,
    output wire [1:0] readout_state,
    output wire [15:0] row_group,
    output wire [15:0] read_index,
    output wire settle,
    output wire counter_enable,
    output wire [ADC_BITS-1:0] counter,
    output wire [ROWS-1:0] row_select,
    output wire [ROWS-1:0] row_reset,
    output wire trigger_missed,
    output wire [31:0] missed_triggers
);

  roic_sequencer #(
      .ROWS(ROWS),
      .PHASES(PHASES),
      .GATES(GATES),
      .ADC_BITS(ADC_BITS),
      .TIME_BITS(TIME_BITS)
  ) sequencer (
      .clk(clk),
      .reset(reset),
      .start(start),
      .stop(stop),
      .idle(idle),
      .trigger_in(trigger_in),
      .mode(mode),
      .trigger_mode(trigger_mode),
      .frame_count(frame_count),
      .offset_y(offset_y),
      .height(height),
      .row_binning(row_binning),
      .row_decimation(row_decimation),
      .banks(banks),
      .pipelined(pipelined),
      .reset_cycles(reset_cycles),
      .settle_cycles(settle_cycles),
      .transfer_cycles(transfer_cycles),
      .gate_count(gate_count),
      .pulses_per_gate(pulses_per_gate),
      .pulse_period_cycles(pulse_period_cycles),
      .laser_lead_cycles(laser_lead_cycles),
      .gate_width_phases(gate_width_phases),
      .swept_reset(swept_reset),
      .gate_write(gate_write),
      .gate_address(gate_address),
      .gate_delay_phases(gate_delay_phases),
      .reads(reads),
      .exposure_slots(exposure_slots),
      .read_interval_slots(read_interval_slots),
      .frame_period_slots(frame_period_slots),
      .exposure_cycles(exposure_cycles),
      .frame_period_cycles(frame_period_cycles),
      .frame_valid(frame_valid),
      .plane_valid(plane_valid),
      .line_valid(line_valid),
      .line_group(line_group),
      .line_plane(line_plane),
      .exposure_state(exposure_state),
      .gate_index(gate_index),
      .pulse_index(pulse_index),
      .global_reset(global_reset),
      .laser_taps(laser_taps),
      .film_taps(film_taps),
      .readout_state(readout_state),
      .row_group(row_group),
      .read_index(read_index),
      .settle(settle),
      .counter_enable(counter_enable),
      .counter(counter),
      .row_select(row_select),
      .row_reset(row_reset),
      .trigger_missed(trigger_missed),
      .missed_triggers(missed_triggers)
  );

  genvar i;
  generate
    for (i = 0; i < BANKS * COLUMNS; i = i + 1) begin : latches
      roic_adc_latch #(
          .ADC_BITS(ADC_BITS),
          .SYNC_STAGES(SYNC_STAGES)
      ) latch (
          .clk(clk),
          .reset(reset),
          .enable(counter_enable),
          .count(counter),
          .comparator(comparators[i]),
          .code_valid(codes_valid[i]),
          .code(codes[i*ADC_BITS+:ADC_BITS])
      );
    end
  endgenerate

endmodule

`default_nettype wire
