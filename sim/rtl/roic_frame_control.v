// When frames begin: one period after the other, or each at an external trigger, until frame_count have begun or stop.

`default_nettype none

module roic_frame_control (
    input wire clk,
    input wire reset,
    input wire start,              // AcquisitionStart; free running, the first frame begins at the next clock edge
    input wire stop,               // AcquisitionStop: no frame begins any more
    input wire [31:0] frame_count, // AcquisitionFrameCount; 0: until stop
    input wire trigger_mode,       // each frame waits for a trigger
    input wire trigger,            // a rise of the trigger
    input wire period_end,         // last clock of a frame period, free running
    input wire frame_end,          // last clock of a frame's last transfer
    output wire frame_start,       // a frame begins at the next clock edge
    output reg trigger_missed,
    output reg [31:0] missed_triggers,
    output wire continues,         // another frame follows at the end of the period
    output wire under_way_next,    // a frame is under way after the next clock edge
    output wire idle               // start may be given
);

  reg armed;
  reg [31:0] frames;
  reg [1:0] under_way;

  wire may_start = under_way == 2'd0 || frame_end;
  wire is_taken = armed && trigger && may_start;
  wire is_missed = trigger_mode && trigger && !may_start;
  wire [31:0] begun = (start ? 32'd0 : frames) + {31'd0, frame_start};
  wire [1:0] under_way_count = under_way + {1'b0, frame_start} - {1'b0, frame_end};

  assign frame_start = !stop && (trigger_mode ? is_taken : start || (armed && period_end));
  assign continues = armed && !trigger_mode;
  assign under_way_next = under_way_count != 2'd0;
  assign idle = !armed && under_way == 2'd0;

  always @(posedge clk) begin
    if (reset) begin
      armed <= 1'b0;
      frames <= 32'd0;
      under_way <= 2'd0;
      trigger_missed <= 1'b0;
      missed_triggers <= 32'd0;
    end else begin
      frames <= begun;
      under_way <= under_way_count;
      if (stop || (frame_start && begun == frame_count)) armed <= 1'b0;
      else if (start) armed <= 1'b1;
      trigger_missed <= is_missed;
      if (start) missed_triggers <= 32'd0;
      else if (is_missed) missed_triggers <= missed_triggers + 32'd1;
    end
  end

endmodule

`default_nettype wire
