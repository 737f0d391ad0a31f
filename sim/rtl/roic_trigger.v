// Synchroniser of the external trigger: two flip-flops, and a third that tells a rise.

`default_nettype none

module roic_trigger (
    input wire clk,
    input wire reset,
    input wire trigger_in,  // asynchronous; low at one clock edge and high at the next is a rise
    output wire rise        // high for the clock that ends two clock edges after the one that saw the rise
);

  (* ASYNC_REG = "TRUE" *) reg first;
  (* ASYNC_REG = "TRUE" *) reg second;
  reg third;

  assign rise = second && !third;

  always @(posedge clk) begin
    if (reset) begin
      first <= 1'b0;
      second <= 1'b0;
      third <= 1'b0;
    end else begin
      first <= trigger_in;
      second <= first;
      third <= second;
    end
  end

endmodule

`default_nettype wire
