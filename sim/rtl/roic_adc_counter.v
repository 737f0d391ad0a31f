// Counter of the single-slope converters: n at every clock of a conversion, 0 outside.

`default_nettype none

module roic_adc_counter #(
    parameter ADC_BITS = 12
) (
    input wire clk,
    input wire reset,
    input wire enable,
    output reg [ADC_BITS-1:0] count,
    output wire last                    // the last count of a conversion
);

  assign last = enable && (&count);

  always @(posedge clk) begin
    if (reset) count <= {ADC_BITS{1'b0}};
    else if (enable) count <= count + 1'b1; // wraps to 0 with the end of the conversion
  end

endmodule

`default_nettype wire
