// Exposure unit of the global modes: reset (R), in cds a read, exposure (Ec), then the read.

`default_nettype none

module roic_global #(
    parameter TIME_BITS = 32
) (
    input wire clk,
    input wire reset,
    input wire [TIME_BITS-1:0] reset_cycles,         // R, at least 1
    input wire [TIME_BITS-1:0] exposure_cycles,      // Ec, at least 1
    input wire [TIME_BITS-1:0] frame_period_cycles,  // F
    input wire is_cds,
    input wire frame_start,                          // a frame begins at the next clock edge
    input wire pass_end,                             // last clock of a read pass
    output reg [1:0] exposure_state,
    output wire global_reset,
    output wire exposes_next,                        // in the exposure after the next clock edge
    output wire read_start,                          // a read pass begins at the next clock edge
    output wire read_next,                           // with read_start: the read, 0 or 1
    output wire period_end                           // last clock of F cycles
);

  localparam [1:0] IDLE = 2'd0;
  localparam [1:0] RESET = 2'd1;
  localparam [1:0] EXPOSE = 2'd2;
  localparam [1:0] READ = 2'd3;

  localparam [TIME_BITS-1:0] ZERO = {TIME_BITS{1'b0}};
  localparam [TIME_BITS-1:0] ONE = {{TIME_BITS - 1{1'b0}}, 1'b1};

  reg [TIME_BITS-1:0] left;
  reg [TIME_BITS-1:0] period_left;
  reg in_period;
  reg read;
  wire is_over = left == ZERO;
  wire reset_end = exposure_state == RESET && is_over;
  wire exposure_end = exposure_state == EXPOSE && is_over;
  wire is_first_of_two = is_cds && !read;
  wire exposure_start = (reset_end && !is_cds) || (exposure_state == READ && pass_end && is_first_of_two);

  assign global_reset = exposure_state == RESET;
  assign read_start = (reset_end && is_cds) || exposure_end;
  assign read_next = frame_start ? 1'b0 : exposure_end ? is_cds : read;
  assign exposes_next = !frame_start && (exposure_start || (exposure_state == EXPOSE && !exposure_end));
  assign period_end = in_period && period_left == ZERO;

  always @(posedge clk) begin
    if (reset) begin
      exposure_state <= IDLE;
      read <= 1'b0;
      left <= ZERO;
      period_left <= ZERO;
      in_period <= 1'b0;
    end else begin
      read <= read_next;

      if (frame_start) exposure_state <= RESET;
      else if (read_start) exposure_state <= READ;
      else if (exposure_start) exposure_state <= EXPOSE;
      else if (exposure_state == READ && pass_end) exposure_state <= IDLE;

      if (frame_start) left <= reset_cycles - ONE;
      else if (exposure_start) left <= exposure_cycles - ONE;
      else if (!is_over) left <= left - ONE;

      if (frame_start) period_left <= frame_period_cycles - ONE;
      else if (!period_end) period_left <= period_left - ONE;
      if (frame_start) in_period <= 1'b1;
      else if (period_end) in_period <= 1'b0;
    end
  end

endmodule

`default_nettype wire
