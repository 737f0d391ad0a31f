// Places one pulse on phases of the clock. `taps[p]` is the output from cycle + p / PHASES on: the parallel word of a
// serialiser (OSERDES) or the select lines of a delay line, one word a clock.

`default_nettype none

module roic_edge_placer #(
    parameter PHASES = 8,
    parameter TIME_BITS = 32
) (
    input wire clk,
    input wire reset,
    input wire load,                   // time 0 of `rise` and `fall` is the next clock edge
    input wire [TIME_BITS-1:0] rise,   // phases
    input wire [TIME_BITS-1:0] fall,   // phases, above rise
    output reg [PHASES-1:0] taps
);

  localparam [TIME_BITS-1:0] STEP = PHASES[TIME_BITS-1:0];

  reg [TIME_BITS-1:0] to_rise;
  reg [TIME_BITS-1:0] to_fall;

  // Phases from the next clock edge to the edges; 0 once they have passed.
  wire [TIME_BITS-1:0] rise_next = load ? rise : (to_rise <= STEP) ? {TIME_BITS{1'b0}} : to_rise - STEP;
  wire [TIME_BITS-1:0] fall_next = load ? fall : (to_fall <= STEP) ? {TIME_BITS{1'b0}} : to_fall - STEP;

  reg [PHASES-1:0] taps_next;
  integer p;
  always @* begin
    for (p = 0; p < PHASES; p = p + 1)
      taps_next[p] = (rise_next <= p[TIME_BITS-1:0]) && (fall_next > p[TIME_BITS-1:0]);
  end

  always @(posedge clk) begin
    if (reset) begin
      to_rise <= {TIME_BITS{1'b0}};
      to_fall <= {TIME_BITS{1'b0}};
      taps <= {PHASES{1'b0}};
    end else begin
      to_rise <= rise_next;
      to_fall <= fall_next;
      taps <= taps_next;
    end
  end

endmodule

`default_nettype wire
