// The documented signals under their documented names, for the VCD. Scope r[N] is row N, l[i] the latch of bank
// i / COLUMNS and column i % COLUMNS.

`default_nettype none

module probe #(
    parameter ROWS = 16,
    parameter LATCHES = 4,
    parameter ADC_BITS = 6
) (
    input wire frame_valid,
    input wire plane_valid,
    input wire line_valid,
    input wire [15:0] line_group,
    input wire [15:0] line_plane,
    input wire [1:0] exposure_state,
    input wire [15:0] gate_index,
    input wire [31:0] pulse_index,
    input wire reset,
    input wire laser_trigger,
    input wire film_gate,
    input wire [1:0] readout_state,
    input wire [15:0] row_group,
    input wire [15:0] read_index,
    input wire settle,
    input wire ramp,
    input wire counter_enable,
    input wire [ADC_BITS-1:0] counter,
    input wire trigger_in,
    input wire trigger_missed,
    input wire [ROWS-1:0] rows_selected,
    input wire [ROWS-1:0] rows_reset,
    input wire [LATCHES-1:0] comparators,
    input wire [LATCHES-1:0] codes_valid,
    input wire [LATCHES*ADC_BITS-1:0] codes
);

  genvar n;
  generate
    for (n = 0; n < ROWS; n = n + 1) begin : r
      wire row_select = rows_selected[n];
      wire row_reset = rows_reset[n];
    end
    for (n = 0; n < LATCHES; n = n + 1) begin : l
      wire comparator = comparators[n];
      wire valid = codes_valid[n];
      wire [ADC_BITS-1:0] code = codes[n*ADC_BITS+:ADC_BITS];
    end
  endgenerate

endmodule

`default_nettype wire
