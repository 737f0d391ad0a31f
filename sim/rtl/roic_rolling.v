// Row slots of the rolling shutter: R cycles of row reset, then one conversion step, or two in cds. The reset pointer
// walks over the groups from a frame's first slot on, the read pointer from slot E on (ramp: every D slots from 0 on).
// Two frames may be under way: one is reset while the other is read.

`default_nettype none

module roic_rolling #(
    parameter TIME_BITS = 32
) (
    input wire clk,
    input wire reset,
    input wire [TIME_BITS-1:0] reset_cycles,         // R, at least 1
    input wire [15:0] height,
    input wire [15:0] banks,
    input wire [15:0] reads,                         // N: 1 single, 2 cds, more: ramp
    input wire [TIME_BITS-1:0] exposure_slots,       // E; single and cds
    input wire [TIME_BITS-1:0] read_interval_slots,  // D; ramp
    input wire [TIME_BITS-1:0] frame_period_slots,   // F
    input wire continues,                            // another frame follows at the end of the period
    input wire frame_start,                          // a frame's first slot begins at the next clock edge
    input wire step_end,                             // last clock of a conversion step
    output wire period_end,                          // last clock of F slots
    output wire step,                                // a conversion step begins at the next clock edge
    output wire step_active,                         // with step: a group is converted
    output wire [15:0] step_group,
    output wire [15:0] step_line,
    output wire [15:0] step_plane,
    output wire step_is_last,                        // step_group is the last one of its pass
    output wire row_reset_next,                      // a group is reset after the next clock edge
    output wire [15:0] reset_line_next               // its first output line
);

  localparam [TIME_BITS-1:0] ZERO = {TIME_BITS{1'b0}};
  localparam [TIME_BITS-1:0] ONE = {{TIME_BITS - 1{1'b0}}, 1'b1};

  wire is_cds = reads == 16'd2;
  wire is_ramp = reads > 16'd2;

  // The slot: reset, then steps. Slots go on until nothing is left to do.
  wire reset_active_next;
  wire read_active_next;
  reg [15:0] passes_left;
  reg ticking;
  reg in_reset;
  reg in_second_step;
  reg [TIME_BITS-1:0] reset_left;
  wire reset_end = in_reset && reset_left == ZERO;
  wire slot_end = ticking && step_end && (in_second_step || !is_cds);
  wire slot_start = frame_start || slot_end;
  wire second_step = ticking && step_end && is_cds && !in_second_step;
  wire has_more = continues || reset_active_next || read_active_next || passes_left != 16'd0;

  always @(posedge clk) begin
    if (reset) begin
      ticking <= 1'b0;
      in_reset <= 1'b0;
      in_second_step <= 1'b0;
      reset_left <= ZERO;
    end else begin
      if (slot_start) begin
        ticking <= frame_start || has_more;
        in_reset <= frame_start || has_more;
        in_second_step <= 1'b0;
        reset_left <= reset_cycles - ONE;
      end else begin
        if (reset_end) in_reset <= 1'b0;
        else if (in_reset) reset_left <= reset_left - ONE;
        if (second_step) in_second_step <= 1'b1;
      end
    end
  end

  // The frame: when its read passes begin.
  reg [TIME_BITS-1:0] frame_slot;
  reg [TIME_BITS-1:0] slots_to_pass;
  reg [15:0] read;
  wire pass_due = slot_end && passes_left != 16'd0 && slots_to_pass == ZERO;
  wire pass_start = frame_start ? is_ramp : pass_due;

  assign period_end = slot_end && frame_slot == frame_period_slots - ONE;

  always @(posedge clk) begin
    if (reset) begin
      frame_slot <= ZERO;
      slots_to_pass <= ZERO;
      passes_left <= 16'd0;
      read <= 16'd0;
    end else if (frame_start) begin
      frame_slot <= ZERO;
      slots_to_pass <= (is_ramp ? read_interval_slots : exposure_slots) - ONE;
      passes_left <= is_ramp ? reads - 16'd1 : 16'd1;
    end else if (slot_end) begin
      frame_slot <= frame_slot + ONE;
      slots_to_pass <= pass_due ? read_interval_slots - ONE : slots_to_pass - ONE;
      if (pass_due) passes_left <= passes_left - 16'd1;
    end
    if (!reset && pass_start) read <= frame_start ? 16'd0 : is_ramp ? read + 16'd1 : reads - 16'd1;
  end

  wire reset_active;
  wire reset_is_last;
  wire [15:0] reset_group;
  wire [15:0] reset_line;
  wire [15:0] unused_reset_group_next;
  roic_group_pointer reset_pointer (
      .clk(clk),
      .reset(reset),
      .height(height),
      .banks(banks),
      .start(frame_start),
      .advance(slot_end),
      .active_next(reset_active_next),
      .group_next(unused_reset_group_next),
      .line_next(reset_line_next),
      .active(reset_active),
      .group(reset_group),
      .line(reset_line),
      .is_last(reset_is_last)
  );

  wire read_active;
  wire read_is_last;
  wire [15:0] read_group;
  wire [15:0] read_line;
  wire [15:0] unused_read_group_next;
  wire [15:0] unused_read_line_next;
  roic_group_pointer read_pointer (
      .clk(clk),
      .reset(reset),
      .height(height),
      .banks(banks),
      .start(pass_start),
      .advance(slot_end),
      .active_next(read_active_next),
      .group_next(unused_read_group_next),
      .line_next(unused_read_line_next),
      .active(read_active),
      .group(read_group),
      .line(read_line),
      .is_last(read_is_last)
  );

  assign row_reset_next = slot_start ? reset_active_next : in_reset && !reset_end && reset_active;

  // The first step of a cds slot reads the group that has just been reset.
  wire after_reset = is_cds && in_reset;
  assign step = reset_end || second_step;
  assign step_active = after_reset ? reset_active : read_active;
  assign step_group = after_reset ? reset_group : read_group;
  assign step_line = after_reset ? reset_line : read_line;
  assign step_plane = after_reset ? 16'd0 : read;
  assign step_is_last = after_reset ? reset_is_last : read_is_last;

endmodule

`default_nettype wire
