// Laser trigger and film gate of LiDAR mode, as phase words. Gate k opens delay[k] after the laser's edge.
// film bias: laser at L, gate from L + d to L + d + w, from each pulse period's start.
// swept reset: laser at R - d from the plane's start (-d from the reset's release).
// film_on_next biases the film whatever the gate does: swept reset and imaging.

`default_nettype none

module roic_pulse_unit #(
    parameter PHASES = 8,
    parameter GATES = 32,
    parameter TIME_BITS = 32
) (
    input wire clk,
    input wire reset,
    input wire swept_reset,
    input wire [TIME_BITS-1:0] reset_cycles,        // R
    input wire [TIME_BITS-1:0] laser_lead_cycles,   // L
    input wire [TIME_BITS-1:0] gate_width_phases,   // w
    input wire gate_write,
    input wire [15:0] gate_address,
    input wire [TIME_BITS-1:0] gate_delay_phases,   // d of gate_address, two's complement
    input wire plane_start,
    input wire period_start,
    input wire [15:0] gate_next,
    input wire film_on_next,                        // the film is biased for all of the clock after the next edge
    output wire [PHASES-1:0] laser_taps,
    output wire [PHASES-1:0] film_taps
);

  localparam [TIME_BITS-1:0] CYCLE = PHASES[TIME_BITS-1:0];
  localparam ADDRESS_BITS = $clog2(GATES) + (GATES == 1 ? 1 : 0);

  reg [TIME_BITS-1:0] delays[0:GATES-1];
  always @(posedge clk) begin
    if (gate_write) delays[gate_address[ADDRESS_BITS-1:0]] <= gate_delay_phases;
  end

  wire [TIME_BITS-1:0] delay = delays[gate_next[ADDRESS_BITS-1:0]];
  wire [TIME_BITS-1:0] lead = laser_lead_cycles * CYCLE;
  wire [TIME_BITS-1:0] laser_rise = swept_reset ? reset_cycles * CYCLE - delay : lead;
  wire [TIME_BITS-1:0] gate_open = lead + delay;

  roic_edge_placer #(.PHASES(PHASES), .TIME_BITS(TIME_BITS)) laser (
      .clk(clk),
      .reset(reset),
      .load(swept_reset ? plane_start : period_start),
      .rise(laser_rise),
      .fall(laser_rise + CYCLE),
      .taps(laser_taps)
  );

  wire [PHASES-1:0] gate_taps;
  roic_edge_placer #(.PHASES(PHASES), .TIME_BITS(TIME_BITS)) gate (
      .clk(clk),
      .reset(reset),
      .load(period_start && !swept_reset),
      .rise(gate_open),
      .fall(gate_open + gate_width_phases),
      .taps(gate_taps)
  );

  reg is_biased;
  assign film_taps = gate_taps | {PHASES{is_biased}};
  always @(posedge clk) begin
    if (reset) is_biased <= 1'b0;
    else is_biased <= film_on_next;
  end

  // The registers hold 16 bits of gate number; the table is as long as the parameter says.
  wire unused = &{gate_address, gate_next};

endmodule

`default_nettype wire
