// Latch of one column's single-slope converter: keeps the count at which the comparator flips, the last count when it
// never does.
//
// SYNC_STAGES = 0: the comparator is synchronous to the clock; the code is there in the clock of the flip.
// SYNC_STAGES > 0: it is not, and passes as many flip-flops. Count and enable pass as many, so the code is the same
// and comes as many clocks later.

`default_nettype none

module roic_adc_latch #(
    parameter ADC_BITS = 12,
    parameter SYNC_STAGES = 2
) (
    input wire clk,
    input wire reset,
    input wire enable,                  // counter_enable
    input wire [ADC_BITS-1:0] count,
    input wire comparator,              // the ramp has passed the level
    output wire code_valid,             // code is that of this conversion; to one clock after its end
    output wire [ADC_BITS-1:0] code
);

  wire seen_enable;
  wire seen_comparator;
  wire [ADC_BITS-1:0] seen_count;

  roic_delay #(
      .WIDTH(ADC_BITS + 2),
      .STAGES(SYNC_STAGES)
  ) synchroniser (
      .clk(clk),
      .reset(reset),
      .in({enable, comparator, count}),
      .out({seen_enable, seen_comparator, seen_count})
  );

  reg is_held;
  reg [ADC_BITS-1:0] held;

  wire flips = seen_enable && seen_comparator && !is_held;
  wire misses = seen_enable && !seen_comparator && !is_held && (&seen_count);

  assign code_valid = flips || is_held;
  assign code = flips ? seen_count : held;

  always @(posedge clk) begin
    if (reset) begin
      is_held <= 1'b0;
      held <= {ADC_BITS{1'b0}};
    end else begin
      is_held <= flips || misses || (seen_enable && is_held);
      if (flips || misses) held <= seen_count;
    end
  end

endmodule

`default_nettype wire
