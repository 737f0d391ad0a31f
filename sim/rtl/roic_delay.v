// A word, STAGES clocks later.

`default_nettype none

module roic_delay #(
    parameter WIDTH = 1,
    parameter STAGES = 2
) (
    input wire clk,
    input wire reset,
    input wire [WIDTH-1:0] in,
    output wire [WIDTH-1:0] out
);

  generate
    if (STAGES == 0) begin : none
      wire unused = &{clk, reset};
      assign out = in;
    end else begin : chain
      reg [WIDTH*STAGES-1:0] stages;
      assign out = stages[WIDTH*STAGES-1-:WIDTH];
      always @(posedge clk) begin
        if (reset) stages[WIDTH-1:0] <= {WIDTH{1'b0}};
        else stages[WIDTH-1:0] <= in;
      end
      if (STAGES > 1) begin : later
        always @(posedge clk) begin
          if (reset) stages[WIDTH*STAGES-1:WIDTH] <= {WIDTH * (STAGES - 1) {1'b0}};
          else stages[WIDTH*STAGES-1:WIDTH] <= stages[WIDTH*(STAGES-1)-1:0];
        end
      end
    end
  endgenerate

endmodule

`default_nettype wire
