// Walks over the row groups of a pass: `banks` output lines a group, `height` lines in all.

`default_nettype none

module roic_group_pointer (
    input wire clk,
    input wire reset,
    input wire [15:0] height,      // output lines, at least 1
    input wire [15:0] banks,       // B, at least 1
    input wire start,              // on group 0 after the next clock edge
    input wire advance,            // on the next group, or on none, after the next clock edge
    output wire active_next,       // on a group after the next clock edge
    output wire [15:0] group_next,
    output wire [15:0] line_next,  // first output line of group_next
    output reg active,
    output reg [15:0] group,
    output reg [15:0] line,
    output wire is_last            // of group
);

  wire [16:0] line_after = {1'b0, line} + {1'b0, banks};
  wire advances = advance && active && !is_last;

  assign is_last = line_after >= {1'b0, height};
  assign active_next = start || (active && !(advance && is_last));
  assign group_next = start ? 16'd0 : advances ? group + 16'd1 : group;
  assign line_next = start ? 16'd0 : advances ? line_after[15:0] : line;

  always @(posedge clk) begin
    if (reset) begin
      active <= 1'b0;
      group <= 16'd0;
      line <= 16'd0;
    end else begin
      active <= active_next;
      group <= group_next;
      line <= line_next;
    end
  end

endmodule

`default_nettype wire
