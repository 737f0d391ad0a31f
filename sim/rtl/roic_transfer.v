// Transfer of row groups: X cycles from the end of each conversion on. Planes and frames may overlap by one.

`default_nettype none

module roic_transfer #(
    parameter TIME_BITS = 32
) (
    input wire clk,
    input wire reset,
    input wire [TIME_BITS-1:0] transfer_cycles,  // X, at least 1
    input wire start,                            // a transfer begins at the next clock edge; with it:
    input wire [15:0] group,
    input wire [15:0] plane,
    input wire begins_plane,                     // group is the plane's first one
    input wire ends_plane,                       // group is the plane's last one
    input wire begins_frame,
    input wire ends_frame,
    output wire frame_valid,
    output wire plane_valid,
    output reg line_valid,
    output reg [15:0] line_group,
    output reg [15:0] line_plane,
    output wire plane_end,                       // last clock of a plane's last transfer
    output wire frame_end                        // last clock of a frame's last transfer
);

  localparam [TIME_BITS-1:0] ONE = {{TIME_BITS - 1{1'b0}}, 1'b1};

  reg [TIME_BITS-1:0] left;
  reg is_plane_end;
  reg is_frame_end;
  wire transfer_end = line_valid && left == {TIME_BITS{1'b0}};

  assign plane_end = transfer_end && is_plane_end;
  assign frame_end = transfer_end && is_frame_end;

  always @(posedge clk) begin
    if (reset) begin
      line_valid <= 1'b0;
      line_group <= 16'd0;
      line_plane <= 16'd0;
      left <= {TIME_BITS{1'b0}};
      is_plane_end <= 1'b0;
      is_frame_end <= 1'b0;
    end else if (start) begin
      line_valid <= 1'b1;
      line_group <= group;
      line_plane <= plane;
      left <= transfer_cycles - ONE;
      is_plane_end <= ends_plane;
      is_frame_end <= ends_frame;
    end else begin
      if (transfer_end) line_valid <= 1'b0;
      if (!transfer_end) left <= left - ONE;
    end
  end

  roic_open_count planes (
      .clk(clk),
      .reset(reset),
      .opens(start && begins_plane),
      .closes(plane_end),
      .is_open(plane_valid)
  );

  roic_open_count frames (
      .clk(clk),
      .reset(reset),
      .opens(start && begins_frame),
      .closes(frame_end),
      .is_open(frame_valid)
  );

endmodule

`default_nettype wire
