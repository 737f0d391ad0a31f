// Steps of the readout: settle (S), convert (C = 2^ADC_BITS), hold. A blank step lasts as long and does nothing.

`default_nettype none

module roic_conversion #(
    parameter ADC_BITS = 12,
    parameter TIME_BITS = 32
) (
    input wire clk,
    input wire reset,
    input wire [TIME_BITS-1:0] settle_cycles,  // S, at least 1
    input wire [TIME_BITS-1:0] hold_cycles,    // 0: no hold
    input wire step,                           // a step begins at the next clock edge
    input wire step_active,                    // with step: 0 for a blank one
    input wire no_hold,                        // the step at hand ends with its conversion
    output reg [1:0] readout_state,
    output wire settle,
    output wire counting,
    output wire [ADC_BITS-1:0] count,
    output wire selected_next,                 // rows are selected after the next clock edge
    output wire convert_end,                   // last clock of a conversion
    output wire step_end                       // last clock of a step
);

  localparam [1:0] IDLE = 2'd0;
  localparam [1:0] SETTLE = 2'd1;
  localparam [1:0] CONVERT = 2'd2;
  localparam [1:0] HOLD = 2'd3;

  localparam [TIME_BITS-1:0] ONE = {{TIME_BITS - 1{1'b0}}, 1'b1};

  reg [1:0] state;
  reg [1:0] state_next;
  reg active;
  reg [TIME_BITS-1:0] left;
  wire is_over = left == {TIME_BITS{1'b0}};
  wire count_last;
  wire [ADC_BITS-1:0] raw_count;

  roic_adc_counter #(.ADC_BITS(ADC_BITS)) counter (
      .clk(clk),
      .reset(reset),
      .enable(state == CONVERT),
      .count(raw_count),
      .last(count_last)
  );

  wire holds = hold_cycles != {TIME_BITS{1'b0}} && !no_hold;
  assign convert_end = count_last && active;
  assign step_end = (state == CONVERT && count_last && !holds) || (state == HOLD && is_over);

  always @* begin
    state_next = state;
    if (step) state_next = SETTLE;
    else if (step_end) state_next = IDLE;
    else if (state == SETTLE && is_over) state_next = CONVERT;
    else if (state == CONVERT && count_last) state_next = HOLD;
  end

  wire active_next = step ? step_active : active;
  assign selected_next = active_next && (state_next == SETTLE || state_next == CONVERT);
  assign settle = active && state == SETTLE;
  assign counting = active && state == CONVERT;
  assign count = active ? raw_count : {ADC_BITS{1'b0}};

  always @(posedge clk) begin
    if (reset) begin
      state <= IDLE;
      readout_state <= IDLE;
      active <= 1'b0;
      left <= {TIME_BITS{1'b0}};
    end else begin
      state <= state_next;
      readout_state <= active_next ? state_next : IDLE;
      active <= active_next;
      if (step) left <= settle_cycles - ONE;
      else if (state == CONVERT) left <= hold_cycles - ONE;
      else if (!is_over) left <= left - ONE;
    end
  end

endmodule

`default_nettype wire
