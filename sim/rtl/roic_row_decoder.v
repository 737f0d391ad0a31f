// Select lines of the sensor rows behind a group of output lines. Output line y stands for the sensor rows
// (offset_y + y) * step + 0 .. binning - 1, step = 1 << step_log2.

`default_nettype none

module roic_row_decoder #(
    parameter ROWS = 16
) (
    input wire clk,
    input wire reset,
    input wire [15:0] offset_y,
    input wire [15:0] height,
    input wire [15:0] banks,
    input wire [1:0] step_log2,
    input wire [2:0] binning,
    input wire selected_next,    // rows are selected after the next clock edge
    input wire [15:0] line_next, // first output line of the group then
    output reg [ROWS-1:0] rows
);

  wire [16:0] group_end = {1'b0, line_next} + {1'b0, banks};
  wire [16:0] line_end = group_end < {1'b0, height} ? group_end : {1'b0, height};
  wire [16:0] first = {1'b0, offset_y} + {1'b0, line_next};
  wire [16:0] last_end = {1'b0, offset_y} + line_end;
  wire [16:0] step_mask = (17'd1 << step_log2) - 17'd1;

  reg [ROWS-1:0] rows_next;
  reg [16:0] unit;
  integer row;
  always @* begin
    for (row = 0; row < ROWS; row = row + 1) begin
      unit = row[16:0] >> step_log2;
      rows_next[row] = selected_next && unit >= first && unit < last_end && (row[16:0] & step_mask) < {14'd0, binning};
    end
  end

  always @(posedge clk) begin
    if (reset) rows <= {ROWS{1'b0}};
    else rows <= rows_next;
  end

endmodule

`default_nettype wire
