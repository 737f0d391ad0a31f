// Exposure unit of LiDAR mode: reset (R), M pulse periods of T, then the read; K gate planes are a frame.

`default_nettype none

module roic_lidar #(
    parameter TIME_BITS = 32
) (
    input wire clk,
    input wire reset,
    input wire [TIME_BITS-1:0] reset_cycles,      // R, at least 1
    input wire [TIME_BITS-1:0] period_cycles,     // T, at least 1
    input wire [31:0] pulses_per_gate,            // M, at least 1
    input wire [15:0] gate_count,                 // K, at least 1
    input wire frame_start,                       // a frame begins at the next clock edge
    input wire plane_read,                        // last clock of a plane's read
    output reg [1:0] exposure_state,
    output reg [15:0] gate_index,
    output reg [31:0] pulse_index,
    output wire global_reset,
    output wire plane_start,                      // a plane begins at the next clock edge
    output wire [15:0] gate_next,                 // gate_index after the next clock edge
    output wire period_start,                     // a pulse period begins at the next clock edge
    output wire read_start,                       // the plane's read begins at the next clock edge
    output wire is_last_plane,
    output wire frame_end                         // last clock of a frame
);

  localparam [1:0] IDLE = 2'd0;
  localparam [1:0] RESET = 2'd1;
  localparam [1:0] PULSES = 2'd2;
  localparam [1:0] READ = 2'd3;

  localparam [TIME_BITS-1:0] ONE = {{TIME_BITS - 1{1'b0}}, 1'b1};

  reg [TIME_BITS-1:0] left;
  wire is_over = left == {TIME_BITS{1'b0}};
  wire is_last_pulse = pulse_index == pulses_per_gate - 32'd1;
  wire plane_end = exposure_state == READ && plane_read;

  assign is_last_plane = gate_index == gate_count - 16'd1;
  assign frame_end = plane_end && is_last_plane;
  assign plane_start = frame_start || (plane_end && !is_last_plane);
  assign gate_next = frame_start ? 16'd0 : plane_start ? gate_index + 16'd1 : gate_index;
  assign read_start = exposure_state == PULSES && is_over && is_last_pulse;
  assign period_start = (exposure_state == RESET && is_over) || (exposure_state == PULSES && is_over && !is_last_pulse);
  assign global_reset = exposure_state == RESET;

  always @(posedge clk) begin
    if (reset) begin
      exposure_state <= IDLE;
      gate_index <= 16'd0;
      pulse_index <= 32'd0;
      left <= {TIME_BITS{1'b0}};
    end else begin
      gate_index <= gate_next;
      if (plane_start) exposure_state <= RESET;
      else if (plane_end) exposure_state <= IDLE;
      else if (period_start) exposure_state <= PULSES;
      else if (read_start) exposure_state <= READ;

      if (plane_start) left <= reset_cycles - ONE;
      else if (period_start) left <= period_cycles - ONE;
      else if (!is_over) left <= left - ONE;

      if (period_start) pulse_index <= exposure_state == RESET ? 32'd0 : pulse_index + 32'd1;
    end
  end

endmodule

`default_nettype wire
