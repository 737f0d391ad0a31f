// High while more has begun than ended; up to three at a time.

`default_nettype none

module roic_open_count (
    input wire clk,
    input wire reset,
    input wire opens,   // one begins at the next clock edge
    input wire closes,  // one ends at the next clock edge
    output reg is_open
);

  reg [1:0] count;
  wire [1:0] count_next = count + {1'b0, opens} - {1'b0, closes};

  always @(posedge clk) begin
    if (reset) begin
      count <= 2'd0;
      is_open <= 1'b0;
    end else begin
      count <= count_next;
      is_open <= count_next != 2'd0;
    end
  end

endmodule

`default_nettype wire
